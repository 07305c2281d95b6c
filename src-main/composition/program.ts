// Joins the program's parts and gives each what it needs of the others. Must not open files: what is read first is
// handed in.

import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { Calls, ProgramInfo } from '../../src-shared/ipc.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { createFigures } from '../activity/figures.ts';
import { ISSUES_PAGE, PROGRAM_VERSION, SERVER_VERSION } from '../instance/version.ts';
import { createRecent } from '../activity/recent.ts';
import { createRecorder } from '../activity/recorder.ts';
import { requestEntry } from '../activity/request-entry.ts';
import { deployedFunctionsOf } from './deployed-functions.ts';
import { createAuthoring } from '../authoring/authoring.ts';
import type { AuthoringCalls } from '../authoring/authoring.ts';
import { createDeployModels } from '../authoring/models.ts';
import { createReplays } from '../calls/replays.ts';
import { lettersOf } from '../activity/log.ts';
import { createFunctionCalls } from './function-calls.ts';
import { listenAs } from './listen-as.ts';
import { readTextFile } from '../disk/regular-file.ts';
import type { Registry } from '../functions/registry.ts';
import type { ExampleFiles } from '../functions/store/example-files.ts';
import { sampleWorkbook } from '../sample-workbook/sample-workbook.ts';
import { loadAgain } from './replica.ts';
import type { OwnAddress } from './replica.ts';
import { createOwnPort } from '../listening/ask-info.ts';
import { createApp } from '../http/app.ts';
import { ownHosts } from '../http/request-guard.ts';
import { lookAtPort, tabpyAt, tryPort } from '../listening/port-news.ts';
import { readTls } from '../listening/tls.ts';
import { readSourceFile } from '../http/source-files.ts';
import { createUploadFolder } from '../http/upload-folder.ts';
import { aboutProgram } from '../calls/about.ts';
import { createPageCalls } from '../calls/page-calls.ts';
import type { PageCalls } from '../calls/page-calls.ts';
import { createRuff } from '../authoring/ruff.ts';
import { selfTest } from '../calls/self-test.ts';
import { createSourceTools, DEPLOYERS_PATIENCE_MS, EDITORS_PATIENCE_MS } from '../authoring/source-tools.ts';
import { createService } from '../lifecycle/service.ts';
import type { Service } from '../lifecycle/service.ts';
import type { LiveSettings } from '../settings/settings.ts';
import { importFromTabpy } from '../tabpy-import/tabpy-import.ts';
import { createSettingChanges, NO_CHANGE } from '../settings/setting-changes.ts';
import { createCurrentState, sourcesWithState } from '../settings/state-file.ts';
import type { TabpyState } from '../settings/state-file.ts';
import type { About } from '../../src-shared/about.ts';
import type { SelfTestStep } from '../../src-shared/self-test.ts';
import type { ServiceState } from '../../src-shared/service-state.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { TabpyImportOptions, TabpyImportReport } from '../../src-shared/tabpy-import.ts';
import { LiveRequests } from '../activity/live-requests.ts';
import { callFactsOf } from '../../src-shared/verdict.ts';
import type { Recorder } from '../activity/recorder.ts';
import { createFollowedFiles } from '../authoring/followed-files.ts';
import type { FollowedFiles } from '../authoring/followed-files.ts';
import type { SourceTools } from '../authoring/source-tools.ts';
import type { FunctionCalls } from './function-calls.ts';
import type { UploadFolder } from '../http/upload-folder.ts';
import type { ComposeOptions, Parts } from './parts.ts';
import { createEnvironmentParts } from './environments.ts';
import type { EnvironmentParts } from './environments.ts';
import { PythonParts } from './python-parts.ts';
import type { ScriptFiles } from '../script-files/script-files.ts';
import type { CurrentSignIn } from '../sign-in/prepared-sign-in.ts';
import { createUserCalls } from '../sign-in/users.ts';

/** What was read from the data folder before the parts are put together. */
export interface OpenedFolder {
  readonly registry: Registry;
  readonly examples: ExampleFiles;
  readonly scriptFiles: ScriptFiles;
  readonly signIn: CurrentSignIn;
  /** Seconds since 1970-01-01 UTC as text. */
  readonly creationTime: string;
}

/** Root of a clone: two folders up from these sources, and from the bundle as well. */
const NOTICES_DIR = path.join(import.meta.dirname, '../../build/notices');
const LOG_ENTRIES_KEPT = 2_000;
/** Log entries for a new page, which gets them all at once. */
const LOG_LETTERS_KEPT = 4_000_000;

export class Program implements Parts {
  readonly service: Service;
  readonly registry: Registry;
  readonly page: PageCalls;
  readonly noteLog: (entry: LogEntry) => void;
  readonly commandCalls: Calls;
  readonly #options: ComposeOptions;
  readonly #settings: LiveSettings;
  readonly #opened: OpenedFolder;
  readonly #uploads: UploadFolder;
  readonly #figures = createFigures();
  readonly #functionCalls: FunctionCalls;
  readonly #python: PythonParts;
  readonly #replays = createReplays();
  readonly #ownPort = createOwnPort();
  readonly #requests: Recorder;
  readonly #live: LiveRequests;
  readonly #editorsTools: SourceTools;
  readonly #deployersTools: SourceTools;
  readonly #followed: FollowedFiles;
  readonly #environments: EnvironmentParts;
  readonly #state: () => TabpyState | null;
  #ownAddress: OwnAddress = { revision: 0, hosts: [], port: null };
  #isPythonOpened = false;
  #wasRunning = false;

  constructor(options: ComposeOptions, opened: OpenedFolder) {
    const { settings } = options;
    this.#options = options;
    this.#settings = settings;
    this.#opened = opened;
    this.#state = createCurrentState(() => settings.read().statePath, options.log);
    this.registry = opened.registry;
    this.#uploads = createUploadFolder(uploadsOf(options.dataDir), this.registry);
    this.#functionCalls = createFunctionCalls({
      figures: this.#figures,
      isFunction: (name) => this.registry.snapshot().endpoints.has(name),
      onCall: (name) => this.page.noteCall(name),
    });
    this.#python = new PythonParts({
      options,
      registry: this.registry,
      scriptFiles: opened.scriptFiles,
      ownAddress: () => this.#ownAddress,
      events: {
        onChange: () => this.service.noteChange(),
        onBroken: (reason) => this.service.noteBroken(reason),
        onAsked: (asked) => this.#functionCalls.noteAsked(asked),
        onVersion: () => this.page.noteProgram(),
        onPackages: (state) => this.page.notePackages(state),
      },
    });
    this.#requests = createRecorder({ isDataKept: () => settings.read().keepData });
    this.#live = new LiveRequests(
      () => settings.read().keepData,
      () => this.page.noteLive(),
    );
    const ruff = createRuff();
    this.#editorsTools = createSourceTools(this.#python.runtime, EDITORS_PATIENCE_MS, ruff);
    this.#deployersTools = createSourceTools(this.#python.runtime, DEPLOYERS_PATIENCE_MS, ruff);
    this.service = this.#createService();
    this.#followed = this.#createFollowed();
    const changeSettings = this.#settingChanges();
    this.#environments = createEnvironmentParts({
      dataDir: options.dataDir,
      settings: () => settings.read(),
      changeSettings,
      usualIndex: () => this.#python.packages.usualIndex(),
      runningProgram: () => options.python.runningProgram?.() ?? null,
      onChange: (state) => this.page.noteEnvironments(state),
      log: options.log,
    });
    this.page = this.#createPage(changeSettings);
    this.noteLog = this.page.noteLog;
    this.commandCalls = { ...this.page.calls, ...this.#authoringBy('command line') };
    this.service.onState((state) => this.#noteState(state));
  }

  /** Reads the added packages, the environments and the followed files, before anything is served. */
  async open(): Promise<void> {
    await this.#python.packages.read();
    await this.#environments.environments.open();
    await this.#followed.open();
  }

  /** The registry's `onChange`. */
  noteFunctions(): void {
    this.page.noteFunctions();
    this.#followed.noteFunctions();
    this.#python.runtime.noteFunctions();
  }

  /** The version of Python that runs here; null while it is not known. */
  pythonVersion(): string | null {
    return this.#python.version();
  }

  readonly openPython = async (): Promise<void> => {
    this.#isPythonOpened = true;
    await this.#python.prepare(() => undefined);
    // Without spares no interpreter starts before a request, and the request gets the reason when none starts.
    const opened = this.#python.runtime.open();
    if (this.#options.spares === 0) return;
    if (!(await opened))
      throw new Error(`Python cannot be started: ${this.#python.runtime.fault() ?? 'it was stopped'}`);
  };

  #createApp(): ReturnType<typeof createApp> {
    const { dataDir, log } = this.#options;
    const settings = this.#settings;
    let requests = 0;
    return createApp({
      settings: () => settings.read(),
      registry: this.registry,
      runtime: this.#python.runtime,
      uploads: this.#uploads,
      readSource: readSourceFile,
      dataDir,
      creationTime: this.#opened.creationTime,
      state: this.#state,
      serverVersion: SERVER_VERSION,
      signIn: () => this.#opened.signIn.current(),
      isOwn: (headers) => this.#replays.isOwn(headers),
      log,
      nextId: () => ++requests,
      live: this.#live,
      amend: (id, meta) => this.page.noteAmended(id, callFactsOf(meta), meta.heads ?? null),
      record: (one, content) => {
        const { level, text, ...more } = requestEntry(one, content, settings.read().logDetails);
        log[level](text, more);
        this.page.noteRequest(one, content);
        this.#functionCalls.noteRequest(one);
        this.#replays.note(one.id, content.headers);
        this.#ownPort.note(content.headers);
      },
    });
  }

  #createService(): Service {
    const { log } = this.#options;
    const handle = this.#createApp().callback();
    return createService({
      settings: () => this.#settings.read(),
      handler: (request, response) => void handle(request, response),
      runtime: this.#python.runtime,
      prepare: (tell) => this.#python.prepare(tell),
      listen: (handler, settings) => listenAs(handler, settings, log),
      onListening: ({ port }, settings) => {
        const hosts = ownHosts(settings, networkInterfaces());
        this.#ownAddress = { revision: this.#ownAddress.revision + 1, hosts, port };
      },
      lookAtPort,
      isAnswering: async ({ port, hosts }) => (await tabpyAt(port, hosts[0])) !== null,
      log,
    });
  }

  #noteState({ kind }: ServiceState): void {
    const isRunning = kind === 'running' || kind === 'busy';
    if (isRunning && !this.#wasRunning) {
      void this.#followed.lookAtAll();
      // The cause of the failure may be gone: another set of packages, another version of this program.
      void loadAgain(this.registry, this.#python.runtime);
    }
    this.#wasRunning = isRunning;
  }

  #authoringBy(by: string): AuthoringCalls {
    return createAuthoring({
      runtime: this.#python.runtime,
      functions: deployedFunctionsOf(this.registry, this.#opened.examples, PROGRAM_VERSION),
      sourceTools: by === 'window' ? this.#editorsTools : this.#deployersTools,
      by,
      python: () => this.#python.version(),
      isPythonComing: () => this.#isPythonOpened || this.service.state().kind !== 'stopped',
    });
  }

  #createFollowed(): FollowedFiles {
    const { dataDir, log } = this.#options;
    return createFollowedFiles({
      file: path.join(dataDir, 'followed-files.json'),
      functions: () => this.registry.snapshot().endpoints,
      check: (source) => this.#deployersTools.checkSource(source),
      deploy: (one) => this.#authoringBy('its file').deployFunction(one),
      log,
      onChange: () => this.page.noteFollowed(),
    });
  }

  #createPage(changeSettings: (changes: Partial<Settings>) => Promise<Settings>): PageCalls {
    const { surface, log, dataDir } = this.#options;
    return createPageCalls({
      service: this.service,
      settings: {
        ...this.#settings,
        sources: () => sourcesWithState(this.#settings.sources(), this.#state(), this.#settings.read().statePath),
      },
      functions: () => [...this.registry.snapshot().endpoints.values()],
      changeSettings,
      figures: (names) => this.#figures.of(names),
      removeFunction: (name) => removeFrom(this.registry, name),
      importFromTabpy: (options, changeSettings) => this.#importFromTabpy(options, changeSettings),
      authoring: this.#authoringBy('window'),
      followed: this.#followed,
      packages: this.#python.packages.calls,
      environments: this.#environments.forPage,
      deployModels: createDeployModels(this.#python.runtime),
      users: createUserCalls({
        passwordFile: () => this.#settings.read().passwordFile,
        usualFile: path.join(dataDir, 'users.txt'),
        usePasswordFile: (passwordFile) => changeSettings({ passwordFile }),
        log,
      }),
      requests: this.#requests,
      live: this.#live,
      replay: (request) => this.#replays.send(request, addressOf(this.service.state())),
      selfTest: () => this.#selfTest(),
      logEntries: createRecent<LogEntry>(LOG_ENTRIES_KEPT, { of: lettersOf, most: LOG_LETTERS_KEPT }),
      program: () => this.#info(),
      about: () => this.#about(),
      sampleWorkbook: async () => (await sampleWorkbook()).toString('base64'),
      tryPort,
      lookAtPort,
      notices: surface.notices,
      copyText: surface.copyText,
      openFolder: surface.openFolder,
      saveFile: surface.saveFile,
      log,
    });
  }

  /** All parts that use settings, in the order in which they prepare. */
  #settingChanges(): (changes: Partial<Settings>) => Promise<Settings> {
    const { signIn, scriptFiles } = this.#opened;
    return createSettingChanges(
      this.#settings,
      [
        {
          prepare(after) {
            readTls(after);
            return NO_CHANGE;
          },
        },
        { prepare: (after) => signIn.prepare(after.passwordFile) },
        { prepare: (after) => scriptFiles.prepare(after.filesForScripts) },
        this.service,
      ],
      this.#options.log,
    );
  }

  #importFromTabpy(
    options: TabpyImportOptions,
    changeSettings: (changes: Partial<Settings>) => Promise<unknown>,
  ): Promise<TabpyImportReport> {
    return importFromTabpy(options, {
      registry: this.registry,
      inspect: (pickle, caller, readSource) => this.#python.runtime.inspect(pickle, caller, readSource),
      readSource: readSourceFile,
      settings: () => this.#settings.read(),
      changeSettings,
      dataDir: this.#options.dataDir,
      env: process.env,
    });
  }

  #selfTest(): Promise<readonly SelfTestStep[]> {
    return selfTest({
      state: () => this.service.state(),
      settings: () => this.#settings.read(),
      askInfo: (address, host) => this.#ownPort.askInfo(address, host),
      resolve: async (name) => (await lookup(name, { all: true })).map((one) => one.address),
      probe: async (body) => {
        const request = { path: '/evaluate', body, user: null, client: 'selfTest' } as const;
        const id = await this.#replays.send(request, addressOf(this.service.state()));
        return this.#requests.all().find((record) => record.id === id)?.status ?? 0;
      },
      readCertificate: (file) => readTextFile(file),
      environment: process.env,
    });
  }

  #info(): ProgramInfo {
    const { surface, dataDir } = this.#options;
    const { platform } = process;
    return { version: PROGRAM_VERSION, python: this.#python.version(), platform, surface: surface.kind, dataDir };
  }

  #about(): Promise<About> {
    return aboutProgram({
      program: () => this.#info(),
      packages: () => this.#python.packages.calls.state(),
      noticesDir: this.#options.noticesDir ?? NOTICES_DIR,
      issues: ISSUES_PAGE,
    });
  }
}

/** The folder where TabPy's client, in its local mode, leaves pickles. */
export function uploadsOf(dataDir: string): string {
  return path.join(dataDir, 'staging');
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
