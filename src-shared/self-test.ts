// What the program finds out when it tries its own connection as Tableau would. Knows no network.

/** `good`: as it should be; `note`: may be in the way; `bad`: Tableau cannot connect like this. */
export interface SelfTestStep {
  readonly about: 'listening' | 'address' | 'name' | 'proxy' | 'certificate' | 'sign-in' | 'python';
  readonly outcome: 'good' | 'note' | 'bad';
  /** What was found and, where it is not good, what to do. */
  readonly text: string;
}

/** What the program calls itself in requests to its own port; lists show it, and no guide takes it for Tableau. */
export const OWN_CLIENTS = { replay: 'TabPy Tray replay', selfTest: 'TabPy Tray self-test' } as const;

export function isOwnClient(client: string | null): boolean {
  return client === OWN_CLIENTS.replay || client === OWN_CLIENTS.selfTest;
}
