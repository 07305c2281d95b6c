// The results of the server's test of its own connection, made as Tableau would connect.

/** `good`: works; `note`: may cause problems; `bad`: Tableau cannot connect like this. */
export interface SelfTestStep {
  readonly about: 'listening' | 'address' | 'name' | 'proxy' | 'certificate' | 'sign-in' | 'python';
  readonly outcome: 'good' | 'note' | 'bad';
  /** The finding and, where it is not good, what to do. */
  readonly text: string;
}

/** The program's name in requests to its own port; lists show it, and no guide mistakes it for Tableau. */
export const OWN_CLIENTS = { replay: 'TabPy Tray replay', selfTest: 'TabPy Tray self-test' } as const;

export function isOwnClient(client: string | null): boolean {
  return client === OWN_CLIENTS.replay || client === OWN_CLIENTS.selfTest;
}
