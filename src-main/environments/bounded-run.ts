// Runs a program to its end: with a time limit, bounded output and a stop. When it is stopped, what it started ends with
// it. Must not know the program.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface BoundedRun {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Null: as long as it takes. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal | null;
  readonly mostBytes: number;
}

export type RunEnd =
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly out: string;
      readonly err: string;
    }
  /** `code`: Node's, such as EACCES. */
  | { readonly kind: 'not-started'; readonly code: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'aborted' };

const STDIO: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];

/** Never rejects. */
export function runBounded(command: string, args: readonly string[], how: BoundedRun): Promise<RunEnd> {
  const { env, cwd, timeoutMs, signal, mostBytes } = how;
  if (signal?.aborted) return Promise.resolve({ kind: 'aborted' });
  return new Promise((resolve) => {
    const isGroup = process.platform !== 'win32';
    let child;
    try {
      child = spawn(command, args, { env, cwd, stdio: STDIO, windowsHide: true, detached: isGroup });
    } catch (error) {
      // Node throws what it does not expect, such as EINVAL for a .bat file.
      return resolve({ kind: 'not-started', code: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
    const texts = { out: '', err: '' };
    let bytes = 0;
    const finish = (end: RunEnd): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (end.kind !== 'ended') endAll(child, isGroup);
      resolve(end);
    };
    const abort = (): void => finish({ kind: 'aborted' });
    const timer = timeoutMs === null ? undefined : setTimeout(() => finish({ kind: 'timed-out' }), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    for (const [name, stream] of [
      ['out', child.stdout],
      ['err', child.stderr],
    ] as const) {
      stream.setEncoding('utf8');
      stream.on('data', (part: string) => {
        bytes += part.length;
        if (bytes > mostBytes) finish({ kind: 'too-much' });
        else texts[name] += part;
      });
    }
    child.once('error', (error: NodeJS.ErrnoException) =>
      finish({ kind: 'not-started', code: error.code ?? error.message }),
    );
    child.once('close', (code, ended) => finish({ kind: 'ended', code, signal: ended, ...texts }));
  });
}

/** What it started holds its pipes, and may run on. */
function endAll(child: ChildProcess, isGroup: boolean): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  // Once the process was reaped, its number may be another program's.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (isGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
