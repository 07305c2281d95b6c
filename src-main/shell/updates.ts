// Updates: looks for a newer version once a day while the setting is on, fetches and installs on the user's word only.
// Must not ask anything of anybody while the setting is off: electron-updater is not even loaded then.

import { nextLookInMs } from './update-schedule.ts';

/** What is used of electron-updater. It compares what it fetched with the feed's SHA-512, and on Windows the signature. */
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
  /** Nothing is asked. */
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
  /** Whether this build knows a place to look at (resources/app-update.yml). */
  readonly hasFeed: boolean;
  readonly isOn: () => boolean;
  /** When it was looked last; kept over a restart, so that many starts a day ask once. */
  readonly lastLook: { read(): number | null; keep(at: number): void };
  readonly onState: (state: UpdateState) => void;
  readonly log: { info(text: string): void; warn(text: string): void };
}

export interface Updates {
  state(): UpdateState;
  /** The setting changed. */
  refresh(): void;
  /** Looks now: the user asked. Rejects never; what comes of it is the state. */
  look(): Promise<void>;
  /** Fetches the version that is available. */
  fetch(): Promise<void>;
  /** Ends the program and installs what was fetched. @returns false when there is nothing to install */
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
    // electron-updater would send an id of this installation with each question.
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
    // A long page of an answer is no reason.
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
    // Before the answer: a feed that fails is not asked again at once either.
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
        // To be tried again on the next word.
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
