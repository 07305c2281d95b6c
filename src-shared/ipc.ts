// Every call and event between the page and the program, declared once: it types the preload, the shell, the console,
// the page's bridge and the test double, and checks what arrives. Must not know how a call travels.

import * as v from 'valibot';
import type { About } from './about.ts';
import { call, name, nothing } from './call.ts';
import type { Call } from './call.ts';
import { chosenFor } from './chosen-path.ts';
import type { PathPurpose } from './chosen-path.ts';
import type { DeployedFunction } from './function.ts';
import { FUNCTION_EXAMPLE, TRIED_DATA } from './function-examples.ts';
import type {
  Completion,
  ExportContents,
  FollowedFile,
  FunctionDetail,
  FunctionFigures,
  NewFunction,
  SourceCheck,
  TestRun,
} from './function-detail.ts';
import type { EnvironmentsState } from './environment.ts';
import { ENVIRONMENT_CALLS } from './environment-calls.ts';
import type { LogEntry } from './log-entry.ts';
import { MOST_SPEC_CHARACTERS } from './package.ts';
import type { PackagePlan, PackagesAdded, PackagesState } from './package.ts';
import type { LiveRequest, RequestDetail, RequestRecord } from './request-record.ts';
import type { PortHolder, ServiceState } from './service-state.ts';
import type { SelfTestStep } from './self-test.ts';
import type { SettingSources } from './setting-source.ts';
import { faultOf, SETTING_NAMES } from './settings.ts';
import type { SettingName, Settings } from './settings.ts';
import { MOST_USER_NAME_CHARACTERS } from './sign-in-user.ts';
import type { NewPassword, SignInUsers } from './sign-in-user.ts';
import type { TableauProgress } from './tableau-progress.ts';
import type { TabpyImportOptions, TabpyImportReport } from './tabpy-import.ts';
import { MOST_FILE_CHARACTERS } from './limits.ts';

/** What the page needs for its first drawing; events keep it up to date. */
export interface Snapshot {
  readonly program: ProgramInfo;
  readonly state: ServiceState;
  readonly settings: Settings;
  readonly settingSources: SettingSources;
  /** Messages that the user must see once, such as about a damaged settings file. */
  readonly notices: readonly Notice[];
  readonly functions: readonly DeployedFunction[];
  /** By name, of functions that were called since the start. */
  readonly figures: Readonly<Record<string, FunctionFigures>>;
  /** Functions that follow a .py file. */
  readonly followed: readonly FollowedFile[];
  /** The newest last. */
  readonly requests: readonly RequestRecord[];
  /** Those that run or wait, the oldest first; at most 100. */
  readonly live: readonly LiveRequest[];
  readonly log: readonly LogEntry[];
  readonly packages: PackagesState;
  readonly environments: EnvironmentsState;
  /** What Tableau did since the program started. */
  readonly tableau: TableauProgress;
}

export interface ProgramInfo {
  readonly version: string;
  /** Such as `3.14.2`; null until Python was ready for the first time. */
  readonly python: string | null;
  /** `process.platform`. */
  readonly platform: string;
  /** `app`: the window of the tray app. `console`: a browser. */
  readonly surface: 'app' | 'console';
  readonly dataDir: string;
}

export interface Notice {
  readonly id: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

/** What is known of a port that the user may choose. */
export type PortCheck =
  | { readonly kind: 'free' }
  /** This server already listens there. */
  | { readonly kind: 'ours' }
  | { readonly kind: 'taken'; readonly holder: PortHolder | null; readonly answersLike: string | null }
  | { readonly kind: 'reserved' };

/** The screens of the page, in the order of their shortcuts Ctrl/Cmd+1…6, then the guide and About. */
export const SCREENS = ['home', 'functions', 'requests', 'logs', 'packages', 'settings', 'connect', 'about'] as const;
export type Screen = (typeof SCREENS)[number];

/** A screen to open, and what it shows first, such as the number of a request. */
export interface ShownPlace {
  readonly screen: Screen;
  readonly detail: string | null;
}

/** Data of a test. */
export const MOST_BODY_CHARACTERS = 2_000_000;

const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const version = v.pipe(v.number(), v.integer(), v.minValue(1));
const source = v.pipe(v.string(), v.maxLength(1_000_000));
/** JSON, as for the body's `data`. */
const data = v.pipe(v.string(), v.maxLength(MOST_BODY_CHARACTERS));
/** A plain file name of an archive: no folder, nothing with a special meaning to the system. */
const archiveName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_][A-Za-z0-9_ -]{0,200}\.(?:zip|twbx)$/));
/** A file in base64. */
const archive = v.pipe(v.string(), v.maxLength(MOST_FILE_CHARACTERS));
/** Names of functions or parameters; their number is checked before any name. */
const names = v.pipe(v.array(v.unknown()), v.maxLength(1_000), v.array(name));
const newFunction = v.strictObject({
  source,
  functionName: name,
  name,
  description: v.pipe(v.string(), v.maxLength(100_000)),
  isPublic: v.boolean(),
  override: v.boolean(),
}) satisfies v.GenericSchema<NewFunction>;
const tabpyImportOptions = v.strictObject({
  place: v.nullable(v.pipe(v.string(), v.maxLength(4_096))),
  isDryRun: v.boolean(),
  override: v.boolean(),
}) satisfies v.GenericSchema<TabpyImportOptions>;
const userName = v.pipe(v.string(), v.maxLength(MOST_USER_NAME_CHARACTERS));
const pathPurpose = v.custom<PathPurpose>((value) => chosenFor(value) !== null, 'nothing can be chosen for this');
const requestId = v.pipe(v.number(), v.integer(), v.minValue(1));
const changes = v.pipe(
  v.custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
  v.check((value) => Object.keys(value).length <= SETTING_NAMES.length, 'there are more changes than settings'),
  v.check(
    (value) =>
      Object.entries(value).every(
        ([name, one]) =>
          (SETTING_NAMES as readonly string[]).includes(name) && faultOf(name as SettingName, one) === null,
      ),
    'a setting has an unknown name or a value that it cannot have',
  ),
  v.transform((value) => value as Partial<Settings>),
);

export const CALLS = {
  snapshot: call<Snapshot>()(nothing),
  /** Starts the server; the event `state` tells how it went. */
  start: call<null>()(nothing),
  /** Stops it; running requests may finish for a moment. */
  stop: call<null>()(nothing),
  /** Ends the grace period of `stop`. */
  stopNow: call<null>()(nothing),
  /** Ends every script that runs or waits now; returns how many. */
  stopScripts: call<number>()(nothing),
  restartPython: call<null>()(nothing),
  /** Checks whether a port could be used, and which program holds it. */
  checkPort: call<PortCheck>()(v.strictTuple([port])),
  /** Stores new values and restarts what depends on them. Returns all settings. */
  changeSettings: call<Settings>()(v.strictTuple([changes])),
  /** The users of the password file. */
  users: call<SignInUsers>()(nothing),
  /** Adds a user with a generated password. Where callers need no sign-in, they need it from now on. */
  addUser: call<NewPassword>()(v.strictTuple([userName])),
  renewPassword: call<NewPassword>()(v.strictTuple([userName])),
  /** The last user stays while callers need sign-in. */
  removeUser: call<null>()(v.strictTuple([userName])),
  removeFunction: call<null>()(v.strictTuple([name])),
  /** All that is known of one function; null when there is none of this name. */
  functionDetail: call<FunctionDetail | null>()(v.strictTuple([name])),
  /** The source of one version; null when only its pickle is kept. */
  versionSource: call<string | null>()(v.strictTuple([name, version])),
  /** Deploys an older version again, as a new one. */
  rollBack: call<DeployedFunction>()(v.strictTuple([name, version])),
  /** Deletes an old version; the current version stays. */
  removeVersion: call<null>()(v.strictTuple([name, version])),
  /** The functions and problems of a piece of source. Does not run it. */
  checkSource: call<SourceCheck>()(v.strictTuple([source])),
  /** Names that fit at an offset (UTF-16 units) in a piece of source. Does not run it. */
  completeSource: call<readonly Completion[]>()(
    v.strictTuple([source, v.pipe(v.number(), v.integer(), v.minValue(0))]),
  ),
  formatSource: call<string>()(v.strictTuple([source])),
  /** The same for the script of a request with so many arguments; it defines no functions that matter. */
  checkScript: call<SourceCheck>()(
    v.strictTuple([source, v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000))]),
  ),
  formatScript: call<string>()(v.strictTuple([source])),
  /**
   * Runs a function of a piece of source with JSON data (an object by parameter); nothing is deployed. The last
   * argument is a name for this run, with which it can be stopped; '' where it need not be.
   */
  tryFunction: call<TestRun>()(v.strictTuple([source, name, data, name])),
  /** Calls a deployed function with JSON data, as MODEL_EXTENSION_* would; it is not listed among the requests. */
  tryDeployed: call<TestRun>()(v.strictTuple([name, data, name])),
  /** Ends a run of `tryFunction` or `tryDeployed`, and no other; nothing happens when it has ended. */
  stopTrial: call<null>()(v.strictTuple([name])),
  /** Saves an example of a function, in the place of that of the same name if there is one. */
  saveExample: call<null>()(v.strictTuple([name, FUNCTION_EXAMPLE])),
  removeExample: call<null>()(v.strictTuple([name, name])),
  /** Keeps the data (JSON) with which a function was tried, for the next test of it. */
  keepTried: call<null>()(v.strictTuple([name, TRIED_DATA])),
  /** Deploys in the same way as TabPy's client. */
  deployFunction: call<DeployedFunction>()(v.strictTuple([newFunction])),
  /** Deploys TabPy's four models, over older versions. Returns their names. */
  deployModels: call<readonly string[]>()(nothing),
  /** Deploys a function (named last) of a .py file (full path) as `name`, and again whenever the file is saved. */
  followFile: call<FollowedFile>()(v.strictTuple([name, v.pipe(v.string(), v.maxLength(4_096)), name])),
  /** Stops following the file; the function stays as it is now. */
  unfollowFile: call<null>()(v.strictTuple([name])),
  /**
   * Makes a function of a captured script: `_arg1` … become the named parameters, in their order. Returns its source.
   */
  promoteScript: call<string>()(v.strictTuple([source, name, names])),
  /** A file (zip) of functions in base64; all of them when none is named. */
  exportFunctions: call<string>()(v.strictTuple([names])),
  lookIntoExport: call<ExportContents>()(v.strictTuple([archive])),
  /** Imports the named functions of such a file, as new versions where their names exist. */
  importFunctions: call<null>()(v.strictTuple([archive, names])),
  /** Imports functions and settings from an existing TabPy, which stays unchanged. */
  importFromTabpy: call<TabpyImportReport>()(v.strictTuple([tabpyImportOptions])),
  /**
   * The name of the unsaved function in the window; null: nothing is unsaved. The program asks about it before it
   * quits.
   */
  noteDraft: call<null>()(v.strictTuple([v.nullable(name)])),
  /**
   * Asks the user for a place with the system's dialog, and writes an archive there. Returns false when the user
   * cancels. Not in a browser.
   */
  saveFile: call<boolean>()(v.strictTuple([archiveName, archive])),
  /**
   * What the addition of a package needs: a name, or a name with extras and versions (PEP 508). The name of a module
   * means its package. Asks the index, except for what is bundled; fetches no package and changes nothing.
   */
  planPackage: call<PackagePlan>()(v.strictTuple([v.pipe(v.string(), v.maxLength(MOST_SPEC_CHARACTERS))])),
  /** The same for a .whl file: its name and its bytes in base64. */
  planWheel: call<PackagePlan>()(v.strictTuple([v.pipe(v.string(), v.maxLength(300)), archive])),
  /** The newer versions of all added packages. */
  planUpdates: call<PackagePlan>()(nothing),
  /** Carries out a plan. Returns when the next script can import the package, or fails with nothing changed. */
  addPackages: call<PackagesAdded>()(v.strictTuple([v.pipe(v.number(), v.integer())])),
  removePackage: call<null>()(v.strictTuple([v.pipe(v.string(), v.maxLength(MOST_SPEC_CHARACTERS))])),
  /** Stops the present work on packages; its call fails. */
  cancelPackageWork: call<null>()(nothing),
  ...ENVIRONMENT_CALLS,
  dismissNotice: call<null>()(v.strictTuple([v.pipe(v.string(), v.maxLength(100))])),
  clearRequests: call<null>()(nothing),
  /** All that is known of one request; null when newer requests replaced it. */
  requestDetail: call<RequestDetail | null>()(v.strictTuple([requestId])),
  /**
   * Sends a request again, with another script when one is given. Returns the number of the new request, whose record
   * exists by then. Only requests of scripts and functions can be sent again.
   */
  replay: call<number>()(v.strictTuple([requestId, v.nullable(source)])),
  /** Stops one request that runs or waits. Returns false when it has ended by itself. */
  stopRequest: call<boolean>()(v.strictTuple([requestId])),
  /** Tests the server's own connection as Tableau would; takes at most a few seconds. */
  selfTest: call<readonly SelfTestStep[]>()(nothing),
  /** A workbook (.twbx) in base64 that shows one calculation of each kind, with its data. */
  sampleWorkbook: call<string>()(nothing),
  /** Versions, packages, places, and the licences of everything that the program contains; half a megabyte. */
  about: call<About>()(nothing),
  copyText: call<null>()(v.strictTuple([v.pipe(v.string(), v.maxLength(1_000_000))])),
  /**
   * Lets the user choose a file or a folder with the system's dialog. Returns its path, or null when the user cancels.
   * Only for the window of the tray app.
   */
  choosePath: call<string | null>()(v.strictTuple([pathPurpose])),
  /** Shows the folder of functions, or of the log, in the system's file manager. Not in a browser. */
  openFolder: call<null>()(v.strictTuple([v.picklist(['data', 'log'])])),
} as const;

export type CallName = keyof typeof CALLS;
export type CallArguments<Name extends CallName> = v.InferOutput<(typeof CALLS)[Name]['arguments']>;
export type CallAnswer<Name extends CallName> =
  (typeof CALLS)[Name] extends Call<v.GenericSchema<unknown, readonly unknown[]>, infer Answer> ? Answer : never;

export const CALL_NAMES = Object.keys(CALLS) as readonly CallName[];

/** Events for the page. Lists are batches of what is new since the last batch. */
export interface Events {
  readonly state: ServiceState;
  readonly program: ProgramInfo;
  readonly settings: Settings;
  readonly settingSources: SettingSources;
  readonly notices: readonly Notice[];
  readonly functions: readonly DeployedFunction[];
  /** Functions whose figures changed, at most once a second. */
  readonly figures: Readonly<Record<string, FunctionFigures>>;
  readonly followed: readonly FollowedFile[];
  readonly requests: readonly RequestRecord[];
  readonly requestsCleared: null;
  /** All requests that run or wait for longer than a moment, the oldest first; at most 100. */
  readonly live: readonly LiveRequest[];
  readonly log: readonly LogEntry[];
  /** The whole state, at most a few times a second. */
  readonly packages: PackagesState;
  /** The whole state, at most a few times a second. */
  readonly environments: EnvironmentsState;
  /** At most once a second. */
  readonly tableau: TableauProgress;
  /** The tray, the menu or a notification opens a screen. */
  readonly show: ShownPlace;
}

export type EventName = keyof Events;

/** The names of all events, so that a relay can refuse other names. */
export const EVENT_NAMES = [
  'state',
  'program',
  'settings',
  'settingSources',
  'notices',
  'functions',
  'figures',
  'followed',
  'requests',
  'requestsCleared',
  'live',
  'log',
  'packages',
  'environments',
  'tableau',
  'show',
] as const satisfies readonly EventName[];

/** Every call as a function: what the program implements and the bridge offers. */
export type Calls = {
  readonly [Name in CallName]: (...values: CallArguments<Name>) => Promise<CallAnswer<Name>>;
};

/** An event with its name; distributes, so that a switch on `name` knows `value`. */
export type PageEvent = {
  readonly [Name in EventName]: { readonly name: Name; readonly value: Events[Name] };
}[EventName];

/**
 * Why a call failed. Never branch on `message`.
 * - `bad-arguments`: they do not fit the call's schema; a fault of the page.
 * - `unknown-call`, `foreign-sender`: the call does not come from our page.
 * - `not-here`: impossible on this surface (a browser cannot open folders).
 * - `refused`: it cannot be done now; the message tells why and what to do.
 * - `failed`: a fault of the program; the log has more.
 */
export type CallErrorCode = 'bad-arguments' | 'unknown-call' | 'foreign-sender' | 'not-here' | 'refused' | 'failed';

/** An answer as it travels: errors lose their class on every way between processes. */
export type Reply<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly code: CallErrorCode; readonly message: string };

/** Thrown by implementations and by the bridge. */
export class CallError extends Error {
  readonly code: CallErrorCode;

  constructor(code: CallErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The arguments of a call as its schema has them. @throws CallError `bad-arguments` */
export function argumentsOf<Name extends CallName>(name: Name, values: unknown): CallArguments<Name> {
  const parsed = v.safeParse(CALLS[name].arguments, values, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new CallError('bad-arguments', `${name}: ${issue.message}`);
  }
  return parsed.output;
}

/** What the preload adds to the page's window as `tabpyTray`. */
export interface Bridge {
  call(name: string, values: readonly unknown[]): Promise<Reply<unknown>>;
  /** @returns a function that stops listening */
  onEvent(listener: (event: PageEvent) => void): () => void;
}
