// The log file: appends lines, and moves the file aside when it is large.

import { appendFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export interface LogFile {
  readonly path: string;
  /** Appends text; it is written in order, a little later. */
  write(text: string): void;
  /** Resolves when all text so far is written. */
  flush(): Promise<void>;
}

export interface LogFileDeps {
  readonly folder: string;
  /** Read each time a file is full; `kept`: number of older files, of which `tabpy-tray.1.log` is the youngest. */
  readonly limits: () => { readonly maxBytes: number; readonly kept: number };
  /** Called once when writing fails (a full disk), and once when it works again. */
  readonly onTrouble?: (why: string | null) => void;
}

const NAME = 'tabpy-tray';
/** Lines are gathered for so long: opening the file for each request took a fifth of the time of small calls. */
const WAIT_MS = 100;
const OLDER = /^tabpy-tray\.(\d+)\.log$/;

/** Never throws: a log that cannot be written must not stop the server. */
export function createLogFile({ folder, limits, onTrouble = () => undefined }: LogFileDeps): LogFile {
  const numbered = (age: number): string => path.join(folder, age === 0 ? `${NAME}.log` : `${NAME}.${age}.log`);
  const aside = path.join(folder, `${NAME}.0.log`);
  let waiting = '';
  let size: number | null = null;
  let writing: Promise<void> | null = null;
  let isTroubled = false;
  let timer: NodeJS.Timeout | null = null;

  const rotate = async (): Promise<void> => {
    const { kept } = limits();
    // The step that may fail comes first (Windows moves no file that another program reads), so that nothing else has
    // moved then.
    await rename(numbered(0), aside);
    try {
      // More files than wanted may exist since the number was made smaller.
      const extra = (await readdir(folder)).filter((name) => Number(OLDER.exec(name)?.[1] ?? 0) >= kept);
      for (const name of extra) await rm(path.join(folder, name), { force: true });
      for (let age = kept - 1; age > 0; age -= 1) {
        await rename(numbered(age), numbered(age + 1)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        });
      }
      await rename(aside, numbered(1));
    } catch (error) {
      await rename(aside, numbered(0));
      throw error;
    }
  };

  /** Null when all is written; else the error. */
  const writeOne = async (text: string): Promise<string | null> => {
    let trouble: string | null = null;
    try {
      if (size === null) {
        await mkdir(folder, { recursive: true });
        size = await stat(numbered(0)).then(
          (found) => found.size,
          () => 0,
        );
      }
      if (size > 0 && size + text.length > limits().maxBytes) {
        trouble = await rotate().then(
          () => null,
          (error: Error) => error.message,
        );
        // A file that is too large is better than none.
        size = trouble === null ? 0 : null;
      }
      await appendFile(numbered(0), text);
      if (size !== null) size += Buffer.byteLength(text);
    } catch (error) {
      // These lines are lost in the file; the terminal and the window have them.
      trouble = (error as Error).message;
      size = null;
    }
    return trouble;
  };

  const writeWaiting = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text === '') return;
    const trouble = await writeOne(text);
    if (trouble === null ? isTroubled : !isTroubled) onTrouble(trouble);
    isTroubled = trouble !== null;
  };

  const begin = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    // `finally` runs later even where there is nothing to write; in writeWaiting it would run before this assignment.
    writing ??= writeWaiting().finally(() => {
      writing = null;
      // Not at once: a busy server would open the file again and again, which takes three tasks of other threads a
      // request.
      if (waiting !== '') beginSoon();
    });
    return writing;
  };

  const beginSoon = (): void => {
    timer ??= setTimeout(() => void begin(), WAIT_MS);
  };

  return {
    path: numbered(0),
    write(text) {
      waiting += text;
      if (writing === null) beginSoon();
    },
    async flush() {
      await writing;
      await begin();
    },
  };
}
