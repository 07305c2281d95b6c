// What the page can ask for and is told, for the window of the tray app and for the console in a browser alike.
// Must not know how a call travels.

import type { Calls, Notice, PageEvent, ProgramInfo, Snapshot } from '../../src-shared/ipc.ts';
import type { DeployedFunction } from '../../src-shared/function.ts';
import type { FunctionFigures } from '../../src-shared/function-detail.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import type { PackagesState } from '../../src-shared/package.ts';
import type { RequestFacts, RequestRecord } from '../../src-shared/request-record.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import type { OWN_CLIENTS, SelfTestStep } from '../../src-shared/self-test.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { TabpyImportOptions, TabpyImportReport } from '../../src-shared/tabpy-import.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Log } from '../activity/log.ts';
import type { Recent } from '../activity/recent.ts';
import type { Recorder, RequestContent } from '../activity/recorder.ts';
import type { AuthoringCalls } from '../authoring/authoring.ts';
import type { FollowedFiles } from '../authoring/followed-files.ts';
import type { PackagesForPage } from './package-calls.ts';
import type { PortNews } from '../listening/port-news.ts';
import type { Service } from '../lifecycle/service.ts';

export interface PageCalls {
  readonly calls: Calls;
  /** Tells a page what happens from now on. @returns how to stop */
  onEvent(listener: (event: PageEvent) => void): () => void;
  /** The tray and the menus ask for a screen through it. */
  show(screen: Extract<PageEvent, { name: 'show' }>['value']): void;
  notice(notice: Notice): void;
  notices(): readonly Notice[];
  /** What is being written in the window and would be lost with it; null: nothing. */
  draft(): string | null;
  readonly noteRequest: (record: RequestFacts, content: RequestContent) => void;
  readonly noteLog: (entry: LogEntry) => void;
  readonly noteFunctions: () => void;
  readonly noteProgram: () => void;
  readonly noteFollowed: () => void;
  /** A function was called. */
  readonly noteCall: (name: string) => void;
  readonly notePackages: (state: PackagesState) => void;
}

/** What is sent again. */
export interface ReplayedRequest {
  readonly path: string;
  readonly body: string | Buffer;
  /** The Tableau user of the first time, so that it meets the same Python state. */
  readonly user: string | null;
  /** What it calls itself. */
  readonly client: keyof typeof OWN_CLIENTS;
}

export interface PageCallsDeps {
  readonly service: Service;
  readonly settings: {
    read(): Settings;
    onChange(listener: (settings: Settings) => void): () => void;
  };
  /** Rejects with a Refusal that says why the new values cannot be used. */
  readonly changeSettings: (changes: Partial<Settings>) => Promise<Settings>;
  readonly functions: () => readonly DeployedFunction[];
  /** Of those among the names that were called. */
  readonly figures: (names: Iterable<string>) => Readonly<Record<string, FunctionFigures>>;
  readonly removeFunction: (name: string) => Promise<boolean>;
  readonly authoring: AuthoringCalls;
  readonly followed: Pick<FollowedFiles, 'list' | 'follow' | 'unfollow'>;
  readonly packages: PackagesForPage;
  readonly deployModels: Calls['deployModels'];
  /** Rejects with an Error that says why there is nothing to take over. */
  readonly importFromTabpy: (
    options: TabpyImportOptions,
    changeSettings: (changes: Partial<Settings>) => Promise<unknown>,
  ) => Promise<TabpyImportReport>;
  readonly requests: Recorder;
  /** Tries the connection as Tableau would. */
  readonly selfTest: () => Promise<readonly SelfTestStep[]>;
  readonly about: Calls['about'];
  /** Sends a request to the server itself; answers the number of its record. Rejects with why it cannot. */
  readonly replay: (request: ReplayedRequest) => Promise<number>;
  readonly logEntries: Recent<LogEntry>;
  readonly program: () => ProgramInfo;
  readonly tryPort: (port: number) => Promise<string>;
  readonly lookAtPort: (port: number) => Promise<PortNews>;
  readonly notices: readonly Notice[];
  /** What only the surface can do; null: it cannot. */
  readonly copyText: ((text: string) => void) | null;
  readonly openFolder: ((which: 'data' | 'log') => Promise<void>) | null;
  readonly saveFile: Calls['saveFile'] | null;
  readonly log: Log;
}

/** Requests and log entries go out together, ten times a second: a page that draws each alone cannot follow a refresh. */
const BATCH_MS = 100;
const FIGURES_MS = 1_000;
const STOP_MS = 3_000;

export function createPageCalls(deps: PageCallsDeps): PageCalls {
  const { service, settings, changeSettings } = deps;
  const listeners = new Set<(event: PageEvent) => void>();
  let notices = deps.notices;
  let draft: string | null = null;
  const emit = (event: PageEvent): void => {
    for (const tell of listeners) tell(event);
  };
  const requests = createBatch<RequestRecord>((value) => emit({ name: 'requests', value }));
  const called = createBatch<string>(
    (names) => emit({ name: 'figures', value: deps.figures(new Set(names)) }),
    FIGURES_MS,
  );
  const entries = createBatch<LogEntry>((value) => emit({ name: 'log', value }));
  const setNotices = (value: readonly Notice[]): void => {
    notices = value;
    emit({ name: 'notices', value });
  };
  service.onState((value) => emit({ name: 'state', value }));
  settings.onChange((value) => emit({ name: 'settings', value }));

  const calls: Calls = {
    ...deps.authoring,
    ...deps.packages.calls,
    deployModels: deps.deployModels,
    snapshot: (): Promise<Snapshot> =>
      Promise.resolve({
        program: deps.program(),
        state: service.state(),
        settings: settings.read(),
        notices,
        functions: deps.functions(),
        figures: deps.figures(deps.functions().map((one) => one.name)),
        followed: deps.followed.list(),
        requests: deps.requests.all(),
        log: deps.logEntries.all(),
        packages: deps.packages.state(),
      }),
    start() {
      // What comes of it is told as states; the call does not wait for Python.
      void service.start();
      return Promise.resolve(null);
    },
    stop() {
      void service.stop(STOP_MS);
      return Promise.resolve(null);
    },
    stopNow() {
      service.stopScripts();
      return Promise.resolve(null);
    },
    stopScripts: () => Promise.resolve(service.stopScripts()),
    restartPython() {
      service.restartPython();
      return Promise.resolve(null);
    },
    async checkPort(port) {
      if (addressOf(service.state())?.port === port) return { kind: 'ours' };
      const answer = await deps.tryPort(port);
      if (answer === 'free') return { kind: 'free' };
      if (answer === 'EACCES') return { kind: 'reserved' };
      const { holder, answersLike } = await deps.lookAtPort(port);
      return { kind: 'taken', holder, answersLike };
    },
    changeSettings,
    async removeFunction(name) {
      if (!(await deps.removeFunction(name))) {
        throw new Refusal('refused', `There is no function '${name}'. It may have been removed just now.`);
      }
      return null;
    },
    async importFromTabpy(options) {
      try {
        return await deps.importFromTabpy(options, deps.changeSettings);
      } catch (error) {
        throw new Refusal('refused', (error as Error).message);
      }
    },
    followFile: (name, file, functionName) => deps.followed.follow(name, file, functionName),
    async unfollowFile(name) {
      await deps.followed.unfollow(name);
      return null;
    },
    noteDraft(name) {
      draft = name;
      return Promise.resolve(null);
    },
    dismissNotice(id) {
      setNotices(notices.filter((notice) => notice.id !== id));
      return Promise.resolve(null);
    },
    clearRequests() {
      deps.requests.clear();
      emit({ name: 'requestsCleared', value: null });
      return Promise.resolve(null);
    },
    requestDetail: (id) => Promise.resolve(deps.requests.detail(id)),
    async replay(id, body) {
      const record = deps.requests.all().find((one) => one.id === id);
      if (!record) throw new Refusal('refused', 'This request is no longer kept.');
      if (record.path !== '/evaluate' && !record.path.startsWith('/query/')) {
        throw new Refusal('refused', 'Only requests of scripts and functions can be sent again.');
      }
      const again = body ?? deps.requests.requestBody(id);
      if (again === null) {
        throw new Refusal('refused', 'What this request held was not kept: it was too large, or data is not kept.');
      }
      return deps.replay({ path: record.path, body: again, user: record.user, client: 'replay' });
    },
    selfTest: () => deps.selfTest(),
    about: () => deps.about(),
    async copyText(text) {
      if (!deps.copyText) throw new Refusal('not-here', 'A browser copies by itself.');
      deps.copyText(text);
      return null;
    },
    async saveFile(name, archive) {
      if (!deps.saveFile) throw new Refusal('not-here', 'A browser saves by itself.');
      return deps.saveFile(name, archive);
    },
    async openFolder(which) {
      if (!deps.openFolder) throw new Refusal('not-here', 'A browser cannot open folders of this computer.');
      await deps.openFolder(which);
      return null;
    },
  };

  return {
    calls,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show: (value) => emit({ name: 'show', value }),
    notice: (notice) => setNotices([...notices.filter((one) => one.id !== notice.id), notice]),
    notices: () => notices,
    draft: () => draft,
    noteRequest(about, content) {
      if (content.error?.missing !== undefined) deps.packages.noteMissing(content.error.missing);
      const recordOf = deps.requests.note(about, content);
      if (listeners.size > 0) requests.add(recordOf());
    },
    noteLog(entry) {
      deps.logEntries.add(entry);
      if (listeners.size > 0) entries.add(entry);
    },
    noteFunctions: () => emit({ name: 'functions', value: deps.functions() }),
    noteFollowed: () => emit({ name: 'followed', value: deps.followed.list() }),
    noteCall(name) {
      if (listeners.size > 0) called.add(name);
    },
    notePackages: (value) => emit({ name: 'packages', value }),
    noteProgram: () => emit({ name: 'program', value: deps.program() }),
  };
}

function createBatch<Item>(send: (items: readonly Item[]) => void, everyMs = BATCH_MS): { add(item: Item): void } {
  let items: Item[] = [];
  return {
    add(item) {
      if (items.length === 0) {
        setTimeout(() => {
          const batch = items;
          items = [];
          send(batch);
        }, everyMs).unref();
      }
      items.push(item);
    },
  };
}
