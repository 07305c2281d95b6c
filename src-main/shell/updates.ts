// Updates: checks for a newer version once a day while the setting is on, and fetches and installs it only when the
// user says so. Must not send any request while the setting is off: electron-updater is not even loaded then.

import { nextLookInMs } from './update-schedule.ts';

/**
 * The part of electron-updater that is used. It checks a download against the feed's SHA-512, and on Windows the
 * signature.
 */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  requestHeaders: Record<string, number | string | string[] | undefined> | null;
  logger: { info(text?: unknown): void; warn(text?: unknown): void; error(text?: unknown): void } | null;
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean;
    readonly updateInfo: { readonly version: string };
  } | null>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void;
  on(event: 'download-progress', listener: (progress: { readonly percent: number }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export type UpdateState =
  /** No checks are made. */
  | { readonly kind: 'off' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'current' }
  | { readonly kind: 'available'; readonly version: string }
  /** `fraction` from 0 to 1. */
  | { readonly kind: 'fetching'; readonly version: string; readonly fraction: number }
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'failed'; readonly why: string };

export interface UpdatesDeps {
  readonly loadUpdater: () => Promise<Updater>;
  /** Whether this build has an address for updates (resources/app-update.yml). */
  readonly hasFeed: boolean;
  readonly isOn: () => boolean;
  /** Time of the last check; kept over a restart, so that many starts a day send one request. */
  readonly lastLook: { read(): number | null; keep(at: number): void };
  readonly onState: (state: UpdateState) => void;
  readonly log: { info(text: string): void; warn(text: string): void };
}

export interface Updates {
  state(): UpdateState;
  /** The setting changed. */
  refresh(): void;
  /** Checks now, for the user. Never rejects; the state has the result. */
  look(): Promise<void>;
  /** Fetches the version that is available. */
  fetch(): Promise<void>;
  /** Ends the program and installs the fetched version. @returns false when there is nothing to install */
  install(): boolean;
  stop(): void;
}

const NO_FEED = 'This build cannot look for newer versions. Look where you downloaded it.';

export function createUpdates(deps: UpdatesDeps): Updates {
  const { loadUpdater, hasFeed, isOn, lastLook, onState, log } = deps;
  let state: UpdateState = { kind: 'off' };
  let updater: Promise<Updater> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const become = (next: UpdateState): void => {
    state = next;
    onState(next);
  };
  const load = (): Promise<Updater> => (updater ??= loadUpdater().then(configured));
  const configured = (one: Updater): Updater => {
    one.autoDownload = false;
    one.autoInstallOnAppQuit = false;
    // electron-updater would send an id of this installation with each request.
    one.requestHeaders = { 'x-user-staging-id': 'none' };
    one.logger = null;
    one.on('download-progress', ({ percent }) => {
      if (state.kind === 'fetching') become({ ...state, fraction: percent / 100 });
    });
    // Each failure rejects its call as well; without a listener it would end the program.
    one.on('error', () => undefined);
    return one;
  };
  const fail = (error: unknown): void => {
    // A long error page is not a readable reason.
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
    log.warn(`updates: ${why}`);
    become({ kind: 'failed', why });
  };
  const schedule = (): void => {
    if (timer) clearTimeout(timer);
    const waitMs = hasFeed ? nextLookInMs(isOn(), lastLook.read(), Date.now()) : null;
    timer = waitMs === null ? null : setTimeout(() => void look(), waitMs).unref();
  };

  const look = async (): Promise<void> => {
    if (state.kind === 'looking' || state.kind === 'fetching' || state.kind === 'ready') return;
    if (!hasFeed) {
      become({ kind: 'failed', why: NO_FEED });
      return;
    }
    become({ kind: 'looking' });
    // Before the answer: after a failed feed, the next request must wait too.
    lastLook.keep(Date.now());
    try {
      const found = await (await load()).checkForUpdates();
      become(found?.isUpdateAvailable ? { kind: 'available', version: found.updateInfo.version } : { kind: 'current' });
    } catch (error) {
      fail(error);
    }
    schedule();
  };

  return {
    state: () => state,
    refresh() {
      schedule();
      if (!isOn() && (state.kind === 'waiting' || state.kind === 'current' || state.kind === 'failed'))
        become({ kind: 'off' });
      else if (isOn() && state.kind === 'off') become(hasFeed ? { kind: 'waiting' } : { kind: 'failed', why: NO_FEED });
    },
    look,
    async fetch() {
      if (state.kind !== 'available') return;
      const { version } = state;
      become({ kind: 'fetching', version, fraction: 0 });
      log.info(`fetching version ${version}`);
      try {
        await (await load()).downloadUpdate();
        become({ kind: 'ready', version });
      } catch (error) {
        fail(error);
        // The user can try again.
        become({ kind: 'available', version });
      }
    },
    install() {
      if (state.kind !== 'ready') return false;
      void load().then((one) => one.quitAndInstall(false, true));
      return true;
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}
