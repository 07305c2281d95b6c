// Sorts the arguments of `npm start` for the app and for the server without a window. Pure.

export interface LaunchArguments {
  /** Help or version is requested: no window opens. */
  readonly isQuestion: boolean;
  /** Fetches Electron even when that failed recently. */
  readonly mustFetch: boolean;
  /** Without a window there would be nothing to run. */
  readonly needsWindow: boolean;
  readonly forApp: readonly string[];
  readonly forServer: readonly string[];
}

const QUESTIONS = new Set(['--help', '-h', '--version']);
/** Arguments that need a window: a server without a window is hidden anyway. */
const APP_ONLY = new Set(['--hidden']);
const OWN = '--fetch-electron';

export function argumentsFor(args: readonly string[]): LaunchArguments {
  const rest = args.filter((arg) => arg !== OWN);
  return {
    isQuestion: rest.some((arg) => QUESTIONS.has(arg)),
    mustFetch: args.includes(OWN),
    needsWindow: rest.includes('--no-server'),
    forApp: rest,
    forServer: rest.filter((arg) => !APP_ONLY.has(arg)),
  };
}
