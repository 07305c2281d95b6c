// The program's log: writes to terminal, file and window, as the settings say.

import path from 'node:path';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { createLogFile } from '../activity/log-file.ts';
import type { LogFile } from '../activity/log-file.ts';
import { createLog, inBatches, jsonOfEntry, lineOfEntry } from '../activity/log.ts';
import type { Log } from '../activity/log.ts';

export interface ProgramLog {
  readonly log: Log;
  /** From now on these settings apply; earlier entries go to the file that they name. */
  readonly follow: (read: () => Settings) => void;
  /** Sends the window every entry from now on. */
  readonly onEntry: (take: (entry: LogEntry) => void) => void;
  /** The folder of the log file. */
  readonly folder: () => string;
  readonly flush: () => Promise<void>;
}

export interface ProgramLogDeps {
  readonly dataDir: string;
  /** Used until the settings file is read. */
  readonly given: Partial<Settings>;
  /** Null: there is no terminal. */
  readonly terminal: ((text: string) => unknown) | null;
}

const MEGABYTE = 1_000_000;

export function openProgramLog({ dataDir, given, terminal }: ProgramLogDeps): ProgramLog {
  let settings = (): Settings => ({ ...DEFAULT_SETTINGS, ...given });
  let file: LogFile | null = null;
  let early: LogEntry[] = [];
  let tellWindow: (entry: LogEntry) => void = () => undefined;
  const batches = terminal === null ? null : inBatches(terminal);
  // Writes the waiting lines before the process ends; its streams write at once then.
  if (batches !== null) process.on('exit', batches.flush);
  const written = (entry: LogEntry): string =>
    settings().logFormat === 'json' ? jsonOfEntry(entry) : lineOfEntry(entry);
  const folder = (): string => settings().logFolder || path.join(dataDir, 'log');
  const toFile = (entry: LogEntry, text: string): void => {
    if (file === null) early.push(entry);
    else if (settings().logToFile) file.write(text);
  };
  const take = (entry: LogEntry): void => {
    const text = written(entry);
    batches?.print(text);
    toFile(entry, text);
    tellWindow(entry);
  };

  const follow = (read: () => Settings): void => {
    settings = read;
    file = createLogFile({
      folder: folder(),
      limits() {
        const { logFileMegabytes, logFilesKept } = settings();
        return { maxBytes: logFileMegabytes * MEGABYTE, kept: logFilesKept };
      },
      onTrouble(why) {
        if (why !== null) process.stderr.write(`The log cannot be written: ${why}\n`);
      },
    });
    for (const entry of early) toFile(entry, written(entry));
    early = [];
  };

  return {
    log: createLog({
      level: () => settings().logLevel,
      takers: [take],
    }),
    follow,
    onEntry(tell) {
      tellWindow = tell;
    },
    folder,
    async flush() {
      batches?.flush();
      // An exit before the settings were read still logs its reason.
      if (file === null) follow(settings);
      await file!.flush();
    },
  };
}
