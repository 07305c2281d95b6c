// The log on disk: one file that is appended to, moved aside when it is large. Must not know what the lines say.

import { appendFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export interface LogFile {
  readonly path: string;
  /** Takes text; it is written in order, a little later. */
  write(text: string): void;
  /** Resolves when all that was taken is written. */
  flush(): Promise<void>;
}

export interface LogFileDeps {
  readonly folder: string;
  /** Asked each time a file is full; `kept`: older files, of which `tabpy-tray.1.log` is the youngest. */
  readonly limits: () => { readonly maxBytes: number; readonly kept: number };
  /** Told once when writing fails (a full disk), and once when it works again. */
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
    // First what may not work (Windows moves no file that somebody reads), so that then nothing else has moved.
    await rename(numbered(0), aside);
    try {
      // There may be more than are wanted since the number was made smaller.
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

  /** Null when it is written in whole; else what went wrong. */
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
        // Rather too large a file than none.
        size = trouble === null ? 0 : null;
      }
      await appendFile(numbered(0), text);
      if (size !== null) size += Buffer.byteLength(text);
    } catch (error) {
      // These lines are lost here; the terminal and the window have them.
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
    // `finally` comes later even where there is nothing to write; in writeWaiting it would come before this assignment.
    writing ??= writeWaiting().finally(() => {
      writing = null;
      // Not at once: a busy server would open the file again and again, three tasks for other threads a request.
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
