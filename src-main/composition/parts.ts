// What the program is made of, and what surrounds it.

import type { Calls } from '../../src-shared/ipc.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import type { Log } from '../activity/log.ts';
import type { PageCalls, PageCallsDeps } from '../calls/page-calls.ts';
import type { Registry } from '../functions/registry.ts';
import type { Service } from '../lifecycle/service.ts';
import type { PythonSupply } from '../runtime/python-supply.ts';
import type { LiveSettings } from '../settings/settings.ts';

/** What surrounds the service: a window or a terminal. */
export interface Surface extends Pick<PageCallsDeps, 'copyText' | 'openFolder' | 'saveFile' | 'notices'> {
  readonly kind: 'app' | 'console';
}

export interface ComposeOptions {
  readonly settings: LiveSettings;
  readonly dataDir: string;
  readonly log: Log;
  readonly python: PythonSupply;
  readonly surface: Surface;
  /** Where the licences of what the program brings are; else where `npm run notices` puts them. */
  readonly noticesDir?: string;
  /** Interpreters that are kept ready beside those that work. */
  readonly spares?: number;
}

export interface Parts {
  readonly service: Service;
  readonly registry: Registry;
  readonly page: PageCalls;
  /** What the log says goes here too, for the page. */
  readonly noteLog: (entry: LogEntry) => void;
  /** What commands may ask for. */
  readonly commandCalls: Calls;
  /** Starts Python without the server. Rejects with why it does not start. */
  readonly openPython: () => Promise<void>;
}
