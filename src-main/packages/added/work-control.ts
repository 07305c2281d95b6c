// Progress reports and cancelling of a long work on packages.

export interface Control {
  readonly signal: AbortSignal;
  readonly tell: (text: string, fraction: number | null) => void;
}
