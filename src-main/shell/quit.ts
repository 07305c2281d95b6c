// The way out: asks while a script runs or something is written that would be lost, lets requests finish for a moment, and ends. Must not know the server's parts.

import type { App, Event } from 'electron';

export interface Quit {
  /** The program ends: windows close instead of hiding. Updates on macOS close them before they quit. */
  isUnderWay(): boolean;
  /** Without a question: the system shuts down, or an update waits. */
  dontAsk(): void;
}

export interface QuitDeps {
  readonly app: Pick<App, 'on' | 'quit'>;
  /** Scripts that run now. */
  readonly scripts: () => number;
  /** What is being written in the window, by its name; null: nothing. */
  readonly draft: () => string | null;
  /** Resolves with whether to end them, and to lose it. */
  readonly confirm: (scripts: number, draft: string | null) => Promise<boolean>;
  /** Stops the server within `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>;
  /** The last thing to do. */
  readonly finish: () => Promise<void>;
  readonly log: { info(text: string): void; error(text: string): void };
}

export const DRAIN_MS = 3_000;
// What is not gone so long after the grace period is left to the system.
const LEAVE_MS = 1_000;

export function prepareQuit({ app, scripts, draft, confirm, stop, finish, log }: QuitDeps): Quit {
  let stage: 'running' | 'asking' | 'stopping' | 'done' = 'running';
  let mayAsk = true;

  const leave = async (): Promise<void> => {
    const running = scripts();
    const written = draft();
    if ((running > 0 || written !== null) && mayAsk) {
      stage = 'asking';
      if (!(await confirm(running, written)) && mayAsk) {
        stage = 'running';
        return;
      }
    }
    stage = 'stopping';
    log.info('quitting');
    try {
      await Promise.race([stop(DRAIN_MS), after(DRAIN_MS + LEAVE_MS)]);
    } catch (error) {
      log.error(`the server did not stop in order: ${String(error)}`);
    }
    await finish();
    stage = 'done';
    app.quit();
  };

  app.on('before-quit', (event: Event) => {
    if (stage === 'done') return;
    event.preventDefault();
    if (stage === 'running') void leave();
  });

  return {
    isUnderWay: () => !mayAsk || stage === 'stopping' || stage === 'done',
    dontAsk: () => void (mayAsk = false),
  };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
