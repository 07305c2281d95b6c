// Decides whether the operating system's sandbox holds the interpreter windows: without it, no Python. Pure.

/** Facts that are known before an interpreter window runs. */
export interface SandboxFacts {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Switches of the command line that are set. */
  readonly switches: ReadonlySet<string>;
  /** The value of `ELECTRON_DISABLE_SANDBOX`. */
  readonly isDisabledByEnvironment: boolean;
  /** Linux: Chromium's helper exists, belongs to root and has the setuid bit. */
  readonly hasSetuidHelper: boolean;
  /** Linux: whether the system lets this program make user namespaces. */
  readonly hasUserNamespaces: boolean;
}

/** Facts about a running interpreter window. */
export type ProcessFacts =
  | { readonly platform: 'linux'; readonly seccompMode: number | null }
  | { readonly platform: 'other'; readonly isSandboxed: boolean | undefined };

/** Each of these switches removes the sandbox, or a part on which the rest depends. */
export const FORBIDDEN_SWITCHES = [
  'no-sandbox',
  'disable-seccomp-filter-sandbox',
  'single-process',
  'in-process-renderer',
  'no-zygote-sandbox',
  'disable-web-security',
] as const;

const HELP = 'Scripts could reach your files, so Python is not started.';
const REMEDY = 'Install the .deb package, which sets the sandbox up, or run the server without a window.';

/** @returns why Python must not run here, in words for the window; null when the sandbox should work */
export function whyNoSandbox(facts: SandboxFacts): string | null {
  const forbidden = FORBIDDEN_SWITCHES.find((name) => facts.switches.has(name));
  if (forbidden === 'no-sandbox' && facts.platform === 'linux') {
    // An AppImage adds the switch by itself where it cannot make the sandbox.
    return `TabPy Tray was started without the system's sandbox (--no-sandbox). An AppImage starts in this way when the system does not allow programs to make user namespaces. ${HELP} ${REMEDY}`;
  }
  if (forbidden !== undefined) {
    return `TabPy Tray was started with --${forbidden}, which switches off the sandbox around Python. ${HELP} Start it without this option.`;
  }
  if (facts.isDisabledByEnvironment) {
    return `The environment variable ELECTRON_DISABLE_SANDBOX switches off the sandbox around Python. ${HELP} Remove the variable.`;
  }
  if (facts.platform !== 'linux') return null;
  if (facts.isRoot)
    return `The sandbox around Python cannot start for root. ${HELP} Start TabPy Tray as a normal user.`;
  if (facts.hasSetuidHelper && !facts.switches.has('disable-setuid-sandbox')) return null;
  if (facts.hasUserNamespaces && !facts.switches.has('disable-namespace-sandbox')) return null;
  return `This system does not let TabPy Tray make the sandbox around Python (user namespaces are restricted). ${HELP} ${REMEDY}`;
}

/** @returns why this interpreter window must not get a Python; null when it is sandboxed */
export function whyNotSandboxed(facts: ProcessFacts): string | null {
  const FILTERED = 2;
  const isHeld = facts.platform === 'linux' ? facts.seccompMode === FILTERED : facts.isSandboxed === true;
  return isHeld ? null : `Python does not run in the operating system's sandbox. ${HELP}`;
}
