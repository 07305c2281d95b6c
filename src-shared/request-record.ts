// What the server keeps of a request that came and went. Knows no bodies.

/** One request. Times in ms, sizes in bytes. */
export interface RequestRecord {
  readonly id: number;
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** `TabPy-Client` and `TabPy-User`, when they were sent. */
  readonly client: string | null;
  readonly user: string | null;
  readonly remoteAddress: string;
  /** Why it failed, as the caller was told. */
  readonly failure: string | null;
}
