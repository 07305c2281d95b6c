// Puts the parts together. The only place where they meet; must not do anything else.

import { lookup } from 'node:dns/promises';
import { mkdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { Calls, ProgramInfo } from '../../src-shared/ipc.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import type { Step } from '../../src-shared/service-state.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { createFigures } from '../activity/figures.ts';
import { creationTimeOf } from '../instance/creation-time.ts';
import { ISSUES_PAGE, PROGRAM_VERSION, SERVER_VERSION } from '../instance/version.ts';
import { createRecent } from '../activity/recent.ts';
import { createRecorder } from '../activity/recorder.ts';
import { requestEntry } from '../activity/request-entry.ts';
import { deployedFunctionsOf } from './deployed-functions.ts';
import { createAuthoring } from '../authoring/authoring.ts';
import type { AuthoringCalls } from '../authoring/authoring.ts';
import { createDeployModels } from '../authoring/models.ts';
import { openFollowedFiles } from '../authoring/followed-files.ts';
import { createReplays } from '../calls/replays.ts';
import { lettersOf } from '../activity/log.ts';
import type { Log } from '../activity/log.ts';
import { createCallsOfFunctions } from './function-calls.ts';
import { readTextFile } from '../disk/regular-file.ts';
import { openFunctionFiles } from '../functions/store/files.ts';
import { functionsFolder, holdsTabpysFunctions } from '../functions/store/functions-folder.ts';
import { openRegistry } from '../functions/registry.ts';
import type { Registry } from '../functions/registry.ts';
import { createPackageParts } from './packages.ts';
import { filesOf, functionsOf, loadAgain } from './replica.ts';
import type { OwnAddress } from './replica.ts';
import type { Interpreter, InterpreterLimits } from '../runtime/interpreter.ts';
import { createMemoryBudget } from '../runtime/memory-budget.ts';
import type { Capacity } from '../runtime/pool-rules.ts';
import { memoryOfSystem } from '../runtime/resident-memory.ts';
import type { PythonSupply } from '../runtime/python-supply.ts';
import { createRuntime } from '../runtime/runtime.ts';
import { warmedUp } from '../runtime/warm-up.ts';
import { createScriptFiles } from '../script-files/script-files.ts';
import { createOwnPort } from '../listening/ask-info.ts';
import { createApp } from '../http/app.ts';
import { ownHosts } from '../http/request-guard.ts';
import { listen } from '../listening/listen.ts';
import { lookAtPort, tabpyAt, tryPort } from '../listening/port-news.ts';
import { readTls } from '../listening/tls.ts';
import { followRenewal } from '../listening/tls-renewal.ts';
import { readSourceFile } from '../http/source-files.ts';
import { createUploadFolder } from '../http/upload-folder.ts';
import { aboutProgram } from '../calls/about.ts';
import { createPageCalls } from '../calls/page-calls.ts';
import type { PageCalls, PageCallsDeps } from '../calls/page-calls.ts';
import { createRuff } from '../authoring/ruff.ts';
import { selfTest } from '../calls/self-test.ts';
import { createSourceTools, DEPLOYERS_PATIENCE_MS, EDITORS_PATIENCE_MS } from '../authoring/source-tools.ts';
import { createService } from '../lifecycle/service.ts';
import type { Service } from '../lifecycle/service.ts';
import { createSignIns } from '../sign-in/prepared-sign-in.ts';
import type { LiveSettings } from '../settings/settings.ts';
import { importFromTabpy } from '../tabpy-import/tabpy-import.ts';
import { createSettingChanges, NO_CHANGE } from '../settings/setting-changes.ts';
import { createCurrentState } from '../settings/state-file.ts';

/** What surrounds the service: a window or a terminal. */
export interface Surface extends Pick<PageCallsDeps, 'copyText' | 'openFolder' | 'saveFile' | 'notices'> {
  readonly kind: 'app' | 'console';
}

export interface ComposeOptions {
  readonly settings: LiveSettings;
  readonly dataDir: string;
  readonly log: Log;
  readonly python: PythonSupply;
  readonly surface: Surface;
  /** Where the licences of what the program brings are; else where `npm run notices` puts them. */
  readonly noticesDir?: string;
  /** Interpreters that are kept ready beside those that work. */
  readonly spares?: number;
}

export interface Parts {
  readonly service: Service;
  readonly registry: Registry;
  readonly page: PageCalls;
  /** What the log says goes here too, for the page. */
  readonly noteLog: (entry: LogEntry) => void;
  /** What commands may ask for. */
  readonly commandCalls: Calls;
  /** Starts Python without the server. Rejects with why it does not start. */
  readonly openPython: () => Promise<void>;
}

/** Of a clone: two folders up from these sources, and from the bundle as well. */
const NOTICES_DIR = path.join(import.meta.dirname, '../../build/notices');
const BOOT_MS = 120_000;
// A result of 256 MB is far beyond what Tableau reads; more than that is a mistake or an attack.
const FRAME_BYTES = 256 * 1024 * 1024;
const MEGABYTE = 1_000_000;
const LOG_ENTRIES_KEPT = 2_000;
/** A page gets all of them at once. */
const LOG_LETTERS_KEPT = 4_000_000;

/** Opens the data folder and builds a service that is not started yet. Rejects when the folder cannot be used. */
export async function compose(options: ComposeOptions): Promise<Parts> {
  const { settings, dataDir, log, python, surface, noticesDir = NOTICES_DIR } = options;
  const { functionsPath } = settings.read();
  const files = await openFunctionFiles({ dir: functionsFolder(dataDir, functionsPath), log });
  if (functionsPath !== '' && (await holdsTabpysFunctions(functionsPath)))
    log.info(`${functionsPath} holds functions of TabPy; "tabpy-tray import" takes them over`);
  const noteFunctions = (): void => {
    page.noteFunctions();
    followed.noteFunctions();
    runtime.noteFunctions();
  };
  let pythonVersion: string | null = null;
  const registry = await openRegistry({ files, python: () => pythonVersion, onChange: noteFunctions });
  const uploads = createUploadFolder(path.join(dataDir, 'staging'), registry);
  await mkdir(path.join(uploads.path, 'endpoints'), { recursive: true });
  const creationTime = await creationTimeOf(dataDir);

  const limits = (): InterpreterLimits => {
    const { interpreterMegabytes } = settings.read();
    return { bootMs: BOOT_MS, memoryBytes: interpreterMegabytes * MEGABYTE, frameBytes: FRAME_BYTES };
  };
  const startInterpreter = (): Interpreter => {
    const interpreter = python.startInterpreter(settings.read(), limits(), packages.addedDir());
    void interpreter.ready.then((answer) => {
      if (!('ready' in answer) || answer.python === pythonVersion) return;
      pythonVersion = answer.python;
      page.noteProgram();
    });
    return warmedUp(interpreter);
  };
  const scriptFiles = createScriptFiles({ log });
  // A folder that is gone keeps nobody from the server: what scripts miss, they say.
  await scriptFiles.use(settings.read().filesForScripts).catch((error: Error) => log.warn(error.message));
  const figures = createFigures();
  const callsOfFunctions = createCallsOfFunctions({
    figures,
    isFunction: (name) => registry.snapshot().endpoints.has(name),
    onCall: (name) => page.noteCall(name),
  });
  const memory = createMemoryBudget({
    budgetBytes: () => settings.read().pythonMegabytes * MEGABYTE || memoryOfSystem() / 4,
    interpreters: () => runtime.interpreters(),
    onMost: () => runtime.setCapacity(capacity()),
  });
  const capacity = (): Capacity => {
    const { isolation, workers } = settings.read();
    const spares = options.spares ?? (isolation === 'request' ? workers : 1);
    // With less memory than that they still have to run: one for each worker, one beside functions that never end, and one
    // for who comes from another address.
    return { isolation, workers, spares, most: Math.max(workers + 2, memory.most()) };
  };
  let ownAddress: OwnAddress = { revision: 0, hosts: [], port: null };
  const runtime = createRuntime({
    capacity: capacity(),
    evaluateTimeoutMs: () => settings.read().evaluateTimeoutSeconds * 1000,
    functionTimeoutMs: () => settings.read().functionTimeoutSeconds * 1000 || null,
    startInterpreter,
    functions: functionsOf(registry, () => ownAddress),
    files: filesOf(scriptFiles),
    log,
    onChange() {
      service.noteChange();
      memory.noteChange();
    },
    onBroken: (reason) => service.noteBroken(reason),
    onAsked: (asked) => callsOfFunctions.noteAsked(asked),
  });

  const packages = createPackageParts({
    dataDir,
    python,
    settings: () => settings.read(),
    limits,
    renew: () => runtime.renew(),
    onSwitched: () => void loadAgain(registry, runtime),
    onChange: (state) => page.notePackages(state),
    log,
  });

  python.onReplaced?.(() => void runtime.renew());
  await packages.read();
  const preparePython = async (tell: (step: Step) => void): Promise<void> => {
    await python.prepare(tell);
    await packages.prepare();
  };

  const replays = createReplays();
  const ownPort = createOwnPort();
  const signIn = createSignIns(log);
  (await signIn.prepare(settings.read().passwordFile)).commit();
  readTls(settings.read());
  let requests = 0;
  const app = createApp({
    settings: () => settings.read(),
    registry,
    runtime,
    uploads,
    readSource: readSourceFile,
    dataDir,
    creationTime,
    state: createCurrentState(() => settings.read().statePath, log),
    serverVersion: SERVER_VERSION,
    signIn: () => signIn.current(),
    isOwn: (headers) => replays.isOwn(headers),
    log,
    nextId: () => ++requests,
    record(one, content) {
      const { level, text, ...more } = requestEntry(one, content, settings.read().logDetails);
      log[level](text, more);
      page.noteRequest(one, content);
      callsOfFunctions.noteRequest(one);
      replays.note(one.id, content.headers);
      ownPort.note(content.headers);
    },
  });
  const handle = app.callback();
  settings.onChange(() => {
    memory.recount();
    runtime.setCapacity(capacity());
  });

  const service = createService({
    settings: () => settings.read(),
    handler: (request, response) => void handle(request, response),
    runtime,
    prepare: preparePython,
    async listen(listened, now) {
      const tls = readTls(now);
      const listener = await listen(listened, now.hosts, now.port, tls);
      const stopFollowing = tls
        ? followRenewal({ settings: now, onRenewed: (fresh) => listener.renew(fresh), log })
        : () => undefined;
      return {
        ...listener,
        close(graceMs) {
          stopFollowing();
          return listener.close(graceMs);
        },
      };
    },
    onListening({ port }, now) {
      ownAddress = { revision: ownAddress.revision + 1, hosts: ownHosts(now, networkInterfaces()), port };
    },
    lookAtPort,
    isAnswering: async ({ port, hosts }) => (await tabpyAt(port, hosts[0])) !== null,
    log,
  });
  const requestsKept = createRecorder({ isDataKept: () => settings.read().keepData });
  const ruff = createRuff();
  const editorsTools = createSourceTools(runtime, EDITORS_PATIENCE_MS, ruff);
  const deployersTools = createSourceTools(runtime, DEPLOYERS_PATIENCE_MS, ruff);
  let isPythonOpened = false;
  const authoringBy = (by: string): AuthoringCalls =>
    createAuthoring({
      runtime,
      functions: deployedFunctionsOf(registry, PROGRAM_VERSION),
      sourceTools: by === 'window' ? editorsTools : deployersTools,
      by,
      evaluateTimeoutMs: () => settings.read().evaluateTimeoutSeconds * 1000,
      python: () => pythonVersion,
      isPythonComing: () => isPythonOpened || service.state().kind !== 'stopped',
    });
  const followed = await openFollowedFiles({
    file: path.join(dataDir, 'followed-files.json'),
    functions: () => registry.snapshot().endpoints,
    check: (source) => deployersTools.checkSource(source),
    deploy: (one) => authoringBy('its file').deployFunction(one),
    log,
    onChange: () => page.noteFollowed(),
  });
  let wasRunning = false;
  service.onState(({ kind }) => {
    const isRunning = kind === 'running' || kind === 'busy';
    if (isRunning && !wasRunning) {
      void followed.lookAtAll();
      // What they failed on may be gone: another set of packages, another version of this program.
      void loadAgain(registry, runtime);
    }
    wasRunning = isRunning;
  });
  const program = (): ProgramInfo => ({
    version: PROGRAM_VERSION,
    python: pythonVersion,
    platform: process.platform,
    surface: surface.kind,
    dataDir,
  });
  const page = createPageCalls({
    service,
    settings,
    functions: () => [...registry.snapshot().endpoints.values()],
    changeSettings: createSettingChanges(settings, [
      {
        prepare(after) {
          readTls(after);
          return NO_CHANGE;
        },
      },
      { prepare: (after) => signIn.prepare(after.passwordFile) },
      { prepare: (after) => scriptFiles.prepare(after.filesForScripts) },
      service,
    ]),
    figures: (names) => figures.of(names),
    removeFunction: (name) => removeFrom(registry, name),
    importFromTabpy: (options, changeSettings) =>
      importFromTabpy(options, {
        registry,
        inspect: (pickle, caller, readSource) => runtime.inspect(pickle, caller, readSource),
        readSource: readSourceFile,
        settings: () => settings.read(),
        changeSettings,
        dataDir,
        env: process.env,
      }),
    authoring: authoringBy('window'),
    followed,
    packages: packages.calls,
    deployModels: createDeployModels(runtime),
    requests: requestsKept,
    replay: (request) => replays.send(request, addressOf(service.state())),
    selfTest: () =>
      selfTest({
        state: () => service.state(),
        settings: () => settings.read(),
        askInfo: (address, host) => ownPort.askInfo(address, host),
        resolve: async (name) => (await lookup(name, { all: true })).map((one) => one.address),
        async probe(body) {
          const request = { path: '/evaluate', body, user: null, client: 'selfTest' } as const;
          const id = await replays.send(request, addressOf(service.state()));
          return requestsKept.all().find((record) => record.id === id)?.status ?? 0;
        },
        readCertificate: (file) => readTextFile(file),
        environment: process.env,
      }),
    logEntries: createRecent<LogEntry>(LOG_ENTRIES_KEPT, { of: lettersOf, most: LOG_LETTERS_KEPT }),
    program,
    about: () => aboutProgram({ program, packages: () => packages.calls.state(), noticesDir, issues: ISSUES_PAGE }),
    tryPort,
    lookAtPort,
    notices: surface.notices,
    copyText: surface.copyText,
    openFolder: surface.openFolder,
    saveFile: surface.saveFile,
    log,
  });
  return {
    service,
    registry,
    page,
    noteLog: page.noteLog,
    commandCalls: { ...page.calls, ...authoringBy('command line') },
    async openPython() {
      isPythonOpened = true;
      await preparePython(() => undefined);
      // Without spares none starts before somebody asks, and who asks is told why none starts.
      const opened = runtime.open();
      if (options.spares === 0) return;
      if (!(await opened)) throw new Error(`Python cannot be started: ${runtime.fault() ?? 'it was stopped'}`);
    },
  };
}

/** @returns false when there is no such function */
async function removeFrom(registry: Registry, name: string): Promise<boolean> {
  try {
    await registry.remove(name);
    return true;
  } catch (error) {
    if (isRefusal(error, 'no-such-function')) return false;
    throw error;
  }
}
