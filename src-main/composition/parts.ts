// Types of the program's parts and of what they are given.

import type { Calls } from '../../src-shared/ipc.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import type { Log } from '../activity/log.ts';
import type { PageCalls, PageCallsDeps } from '../calls/page-calls.ts';
import type { Registry } from '../functions/registry.ts';
import type { Service } from '../lifecycle/service.ts';
import type { PythonSupply } from '../runtime/python-supply.ts';
import type { LiveSettings } from '../settings/settings.ts';

/** The surroundings of the service: a window or a terminal. */
export interface Surface extends Pick<PageCallsDeps, 'copyText' | 'openFolder' | 'saveFile' | 'notices'> {
  readonly kind: 'app' | 'console';
}

export interface ComposeOptions {
  readonly settings: LiveSettings;
  readonly dataDir: string;
  readonly log: Log;
  readonly python: PythonSupply;
  readonly surface: Surface;
  /** The licences of what the program contains; by default where `npm run notices` puts them. */
  readonly noticesDir?: string;
  /** Interpreters that are kept ready beside those that work. */
  readonly spares?: number;
}

export interface Parts {
  readonly service: Service;
  readonly registry: Registry;
  readonly page: PageCalls;
  /** Also receives every log entry, for the page. */
  readonly noteLog: (entry: LogEntry) => void;
  /** The calls of commands. */
  readonly commandCalls: Calls;
  /** Starts Python without the server. Rejects with the reason. */
  readonly openPython: () => Promise<void>;
}
