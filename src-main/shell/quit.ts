// Quits the program: asks the user while a script runs or something unsaved is written, lets requests finish for a
// moment, and ends.

import type { App, Event } from 'electron';

export interface Quit {
  /** The program ends: windows close instead of hiding. Updates on macOS close them before they quit. */
  isUnderWay(): boolean;
  /** Quits without a question: the system shuts down, or an update waits. */
  dontAsk(): void;
}

export interface QuitDeps {
  readonly app: Pick<App, 'on' | 'quit'>;
  /** Scripts that run now. */
  readonly scripts: () => number;
  /** The name of the unsaved function in the window; null: nothing is unsaved. */
  readonly draft: () => string | null;
  /** Resolves with whether to end the scripts, and to lose the text. */
  readonly confirm: (scripts: number, draft: string | null) => Promise<boolean>;
  /** Stops the server within `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>;
  /** The last step. */
  readonly finish: () => Promise<void>;
  readonly log: { info(text: string): void; error(text: string): void };
}

export const DRAIN_MS = 3_000;
// What has not ended so long after the grace period is left to the system.
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
