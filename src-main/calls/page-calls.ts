// The calls and events of the page, for the tray app's window and the console alike. Must not know how a call travels.

import type { Calls, Notice, ProgramInfo, Snapshot } from '../../src-shared/ipc.ts';
import type { DeployedFunction } from '../../src-shared/function.ts';
import type { FunctionFigures } from '../../src-shared/function-detail.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import type { OWN_CLIENTS, SelfTestStep } from '../../src-shared/self-test.ts';
import type { SettingSources } from '../../src-shared/setting-source.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { TabpyImportOptions, TabpyImportReport } from '../../src-shared/tabpy-import.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';
import type { Log } from '../activity/log.ts';
import type { Recent } from '../activity/recent.ts';
import type { LiveRequests } from '../activity/live-requests.ts';
import type { Recorder } from '../activity/recorder.ts';
import type { AuthoringCalls } from '../authoring/authoring.ts';
import type { FollowedFiles } from '../authoring/followed-files.ts';
import type { EnvironmentsForPage } from './environment-calls.ts';
import type { PackagesForPage } from './package-calls.ts';
import { BatchedEvents } from './page-events.ts';
import type { PageEvents } from './page-events.ts';
import type { PortNews } from '../listening/port-news.ts';
import type { Service } from '../lifecycle/service.ts';

export interface PageCalls extends PageEvents {
  readonly calls: Calls;
}

/** The request to send again. */
export interface ReplayedRequest {
  readonly path: string;
  readonly body: string | Buffer;
  /** The Tableau user of the original request, so that it gets the same Python state. */
  readonly user: string | null;
  /** The client name that it sends. */
  readonly client: keyof typeof OWN_CLIENTS;
}

export interface PageCallsDeps {
  readonly service: Service;
  readonly settings: {
    read(): Settings;
    sources(): SettingSources;
    onChange(listener: (settings: Settings) => void): () => void;
  };
  /** Rejects with a Refusal when the new values cannot be used. */
  readonly changeSettings: (changes: Partial<Settings>) => Promise<Settings>;
  readonly functions: () => readonly DeployedFunction[];
  /** The figures of those names that were called. */
  readonly figures: (names: Iterable<string>) => Readonly<Record<string, FunctionFigures>>;
  readonly removeFunction: (name: string) => Promise<boolean>;
  readonly authoring: AuthoringCalls;
  readonly followed: Pick<FollowedFiles, 'list' | 'follow' | 'unfollow'>;
  readonly packages: PackagesForPage;
  readonly environments: EnvironmentsForPage;
  readonly deployModels: Calls['deployModels'];
  /** Rejects with a Refusal when there is nothing to import. */
  readonly importFromTabpy: (
    options: TabpyImportOptions,
    changeSettings: (changes: Partial<Settings>) => Promise<unknown>,
  ) => Promise<TabpyImportReport>;
  readonly requests: Recorder;
  readonly live: LiveRequests;
  /** The calls about users who may sign in. */
  readonly users: Pick<Calls, 'users' | 'addUser' | 'renewPassword' | 'removeUser'>;
  /** Tests the connection as Tableau would. */
  readonly selfTest: () => Promise<readonly SelfTestStep[]>;
  readonly about: Calls['about'];
  readonly sampleWorkbook: Calls['sampleWorkbook'];
  /** Sends a request to the server itself; returns the number of its record. Rejects with the reason. */
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

const STOP_MS = 3_000;

export function createPageCalls(deps: PageCallsDeps): PageCalls {
  const events = new BatchedEvents(deps);
  deps.service.onState((value) => events.emit({ name: 'state', value }));
  deps.settings.onChange((value) => {
    events.noteEnvironments(deps.environments.state());
    events.emit({ name: 'settings', value });
    events.emit({ name: 'settingSources', value: deps.settings.sources() });
  });
  return Object.assign(events, {
    calls: {
      ...deps.authoring,
      ...deps.packages.calls,
      ...deps.environments.calls,
      ...deps.users,
      deployModels: deps.deployModels,
      snapshot: () => Promise.resolve(snapshotOf(deps, events)),
      ...serverCalls(deps),
      ...functionCalls(deps),
      ...requestCalls(deps, events),
      ...surfaceCalls(deps),
      about: () => deps.about(),
      sampleWorkbook: () => deps.sampleWorkbook(),
      noteDraft(name) {
        events.noteDraft(name);
        return Promise.resolve(null);
      },
      dismissNotice(id) {
        events.setNotices(events.notices().filter((notice) => notice.id !== id));
        return Promise.resolve(null);
      },
    } satisfies Calls,
  });
}

function snapshotOf(deps: PageCallsDeps, events: PageEvents): Snapshot {
  return {
    program: deps.program(),
    state: deps.service.state(),
    settings: deps.settings.read(),
    settingSources: deps.settings.sources(),
    notices: events.notices(),
    functions: deps.functions(),
    figures: deps.figures(deps.functions().map((one) => one.name)),
    followed: deps.followed.list(),
    requests: deps.requests.all(),
    live: deps.live.list(0),
    log: deps.logEntries.all(),
    packages: deps.packages.state(),
    environments: deps.environments.state(),
    tableau: events.tableau(),
  };
}

type ServerCalls = Pick<
  Calls,
  | 'start'
  | 'stop'
  | 'stopNow'
  | 'stopScripts'
  | 'restartPython'
  | 'checkPort'
  | 'changeSettings'
  | 'importFromTabpy'
  | 'selfTest'
>;

function serverCalls(deps: PageCallsDeps): ServerCalls {
  const { service, changeSettings } = deps;
  return {
    start() {
      // The states tell how it went; the call does not wait for Python.
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
    async importFromTabpy(options) {
      try {
        return await deps.importFromTabpy(options, changeSettings);
      } catch (error) {
        throw isRefusal(error) ? error : new Refusal('no-tabpy', (error as Error).message, { cause: error });
      }
    },
    selfTest: () => deps.selfTest(),
  };
}

function functionCalls(deps: PageCallsDeps): Pick<Calls, 'removeFunction' | 'followFile' | 'unfollowFile'> {
  return {
    async removeFunction(name) {
      if (!(await deps.removeFunction(name)))
        throw new Refusal('no-such-function', `There is no function '${name}'. Somebody may have removed it just now.`);
      return null;
    },
    followFile: (name, file, functionName) => deps.followed.follow(name, file, functionName),
    async unfollowFile(name) {
      await deps.followed.unfollow(name);
      return null;
    },
  };
}

function requestCalls(
  deps: PageCallsDeps,
  events: BatchedEvents,
): Pick<Calls, 'clearRequests' | 'requestDetail' | 'replay' | 'stopRequest'> {
  return {
    clearRequests() {
      deps.requests.clear();
      events.emit({ name: 'requestsCleared', value: null });
      return Promise.resolve(null);
    },
    requestDetail: (id) => Promise.resolve(deps.requests.detail(id)),
    stopRequest: (id) => Promise.resolve(deps.live.stop(id, 'a user stopped it')),
    async replay(id, script) {
      const record = deps.requests.all().find((one) => one.id === id);
      if (!record) throw new Refusal('refused', 'This request is no longer kept.');
      if (record.path !== '/evaluate' && !record.path.startsWith('/query/'))
        throw new Refusal('refused', 'Only requests of scripts and functions can be sent again.');
      const body = deps.requests.requestBody(id);
      if (body === null)
        throw new Refusal(
          'refused',
          'The data of this request was not kept. Keep data of requests is off under Settings, or newer requests took its place.',
        );
      const again = script === null ? body : withScript(body, script);
      return deps.replay({ path: record.path, body: again, user: record.user, client: 'replay' });
    },
  };
}

/** A request with another script: of two keys of the same name, Python reads the last. The body is not parsed. */
function withScript(body: Buffer, script: string): Buffer {
  const end = body.lastIndexOf('}');
  if (end < 0) throw new Refusal('refused', 'The body of this request is not JSON, so its script cannot be exchanged.');
  return Buffer.concat([body.subarray(0, end), Buffer.from(`,"script":${JSON.stringify(script)}}`)]);
}

function surfaceCalls(deps: PageCallsDeps): Pick<Calls, 'copyText' | 'saveFile' | 'choosePath' | 'openFolder'> {
  return {
    async copyText(text) {
      if (!deps.copyText) throw new Refusal('not-here', 'This works in the app only. Use Copy of the browser.');
      deps.copyText(text);
      return null;
    },
    async saveFile(name, archive) {
      if (!deps.saveFile) throw new Refusal('not-here', 'This works in the app only. Use Save of the browser.');
      return deps.saveFile(name, archive);
    },
    // The shell answers it for its window alone.
    choosePath: () => Promise.reject(new Refusal('not-here', 'This works in the app only. Type the path.')),
    async openFolder(which) {
      if (!deps.openFolder) throw new Refusal('not-here', 'A browser cannot open folders on this computer.');
      await deps.openFolder(which);
      return null;
    },
  };
}
