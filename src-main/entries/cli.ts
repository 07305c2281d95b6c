#!/usr/bin/env node
// The command line: the same service with no Electron. Must not hold what another entry would need too.

import { text as textIn } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { addressText } from '../../src-shared/address-text.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import { explanationOf } from '../../src-shared/state-words.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';
import type { Log } from '../activity/log.ts';
import { terminalText } from '../activity/terminal-text.ts';
import { compose } from '../composition/compose.ts';
import { PROGRAM_VERSION } from '../instance/version.ts';
import type { Parts } from '../composition/parts.ts';
import { dataDirOf, defaultDataDir, openFile, whyUnusable } from '../instance/data-folder.ts';
import { holdFolder } from '../instance/instance.ts';
import type { HeldFolder } from '../instance/instance.ts';
import { holderOf } from '../instance/folder-lock.ts';
import { readLink } from '../console/console-link.ts';
import { consolePortFault, startConsole } from '../cli/console.ts';
import type { RunningConsole } from '../cli/console.ts';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';
import { functionsFolder, furtherFolders } from '../functions/store/functions-folder.ts';
import type { DataFolderCommandDeps } from '../cli/data-folder-command.ts';
import { functionsCommand } from '../cli/functions.ts';
import { instanceOf } from '../cli/offline.ts';
import { modelsCommand } from '../cli/models.ts';
import { createNodePython } from '../engines/builtin/supply/node-python.ts';
import { packagesCommand } from '../cli/packages.ts';
import { createProgress, silentProgress } from '../packages/progress.ts';
import { preparePython } from '../engines/builtin/supply/prepare-python.ts';
import { openProgramLog } from '../composition/program-log.ts';
import type { Service } from '../lifecycle/service.ts';
import { givenSettings, givenValues } from '../settings/given-settings.ts';
import { effectiveText, optionHelp, variableHelp } from '../settings/settings-text.ts';
import { createSettings } from '../settings/settings.ts';
import { readTabpyConfig } from '../settings/tabpy-config.ts';
import type { TabpyConfig } from '../settings/tabpy-config.ts';
import { importCommand } from '../cli/import.ts';
import { tabpyPlaceOf } from '../tabpy-import/tabpy-places.ts';
import { userCommand } from '../cli/user.ts';

const HELP = `tabpy-tray ${PROGRAM_VERSION}: a TabPy server for Tableau that brings its own Python.

  tabpy-tray serve [PORT]    run the server (npm start, npm run serve -- …)
  tabpy-tray prepare         fetch the Python packages and make the image that Python starts from
  tabpy-tray config          print the settings that count, and where each comes from (with the options of serve)
  tabpy-tray console         print a link that opens the console of the server that runs on this data folder
  tabpy-tray functions …     deployed functions (tabpy-tray functions --help)
  tabpy-tray import …        take over a TabPy that was used before (tabpy-tray import --help)
  tabpy-tray deploy-models   deploy TabPy's models: PCA, Sentiment Analysis, ttest, anova
  tabpy-tray packages …      Python packages (tabpy-tray packages --help)
  tabpy-tray user …          users of a password file (tabpy-tray user --help)
  tabpy-tray --help, --version

serve:
  --config FILE          TabPy's configuration file; the environment and these options count before it
  --data-dir DIR         where deployed functions and settings are kept; now ${defaultDataDir()}
${optionHelp()}  --console           also serve the window to a browser on this computer; prints a link that works once
  --console-port N       where, a free port unless said otherwise
  --verbose              the log says more (as --log-level debug)
  --quiet                say only what went wrong (as --log-level warn)

Environment, beside those in brackets:
${variableHelp()}  TABPY_TRAY_STORE             Folder of Python packages
  TABPY_TRAY_PACKAGES_FROM     Folder to take Python packages from
`;

const DRAIN_MS = 3_000;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === 'user') {
    try {
      await userCommand(args.slice(1), { say: (text) => void say(text), readInput: () => textIn(process.stdin) });
      return 0;
    } catch (error) {
      return complain((error as Error).message);
    }
  }
  const commandDeps: DataFolderCommandDeps = {
    say: (text) => void say(text),
    complain: (text) => void process.stderr.write(terminalText(text)),
    openInstance: (named, isVerbose) => instanceOf(dataDirOf(named), isVerbose),
  };
  const [first = '', ...rest] = args;
  const onDataFolder = new Map([
    ['functions', functionsCommand],
    ['packages', packagesCommand],
    ['deploy-models', modelsCommand],
  ]).get(first);
  if (onDataFolder) return onDataFolder(rest, commandDeps);
  if (first === 'import') {
    return importCommand(rest, {
      ...commandDeps,
      openInstance: (named) => commandDeps.openInstance(named, false),
      findPlace: async () => (await tabpyPlaceOf(null, process.env)).stateFolder,
    });
  }
  let parsed;
  try {
    parsed = parse(args);
  } catch (error) {
    return complain(`${(error as Error).message.split('. ')[0]}. See tabpy-tray --help.`);
  }
  const { values, positionals } = parsed;
  const [command = 'serve', ...words] = positionals;
  if (values.version) return say(`tabpy-tray ${PROGRAM_VERSION}\n`);
  if (values.help || command === 'help') return say(HELP);
  switch (command) {
    case 'serve': {
      if (words.length > 1) return complain(`serve takes one port, not ${words.join(' ')}.`);
      return serve(values, values.port ?? words[0]);
    }
    case 'prepare':
      await preparePython({
        say: (text) => process.stdout.write(`${text}\n`),
        tell: () => undefined,
        progress: values.quiet ? silentProgress : createProgress(process.stderr),
      });
      return 0;
    case 'config': {
      try {
        const config = configIn(values);
        const given = givenValues({ ...values, port: values.port }, process.env, config.values);
        const file = openFile(dataDirOf(values['data-dir']));
        const kept = file.values();
        const sources = new Map<SettingName, string>(
          Object.keys(kept).map((name) => [name as SettingName, 'settings.json']),
        );
        for (const { name, source } of given) sources.set(name, source);
        const effective = createSettings(
          file,
          Object.fromEntries(given.map(({ name, value }) => [name, value])),
        ).read();
        return say(effectiveText(effective, sources));
      } catch (error) {
        return complain((error as Error).message);
      }
    }
    case 'console': {
      const dataDir = dataDirOf(values['data-dir']);
      // A server that was killed left its link behind.
      const link = (await holderOf(dataDir)) && (await readLink(dataDir));
      return link
        ? say(`${link}\n`)
        : complain('No server with a console runs on this data folder; start one with serve --console.');
    }
    default:
      return complain(`There is no command '${command}'. See tabpy-tray --help.`);
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string', short: 'p' },
      config: { type: 'string', short: 'c' },
      host: { type: 'string', multiple: true },
      'data-dir': { type: 'string' },
      workers: { type: 'string' },
      'python-memory': { type: 'string' },
      'function-timeout': { type: 'string' },
      isolation: { type: 'string' },
      files: { type: 'string' },
      'log-level': { type: 'string' },
      'log-format': { type: 'string' },
      'log-folder': { type: 'string' },
      'password-file': { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      'allow-origin': { type: 'string', multiple: true },
      console: { type: 'boolean' },
      'console-port': { type: 'string' },
      verbose: { type: 'boolean', short: 'v' },
      quiet: { type: 'boolean', short: 'q' },
      // Of TabPy's own command line, which asks whether to start without sign-in; here nobody is asked.
      'disable-auth-warning': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
}

type ServeOptions = ReturnType<typeof parse>['values'];

async function serve(options: ServeOptions, port: string | undefined): Promise<number> {
  let given: Partial<Settings>;
  let warnings: readonly string[] = [];
  try {
    const config = configIn(options);
    warnings = config.warnings;
    given = { ...levelOf(options), ...givenSettings({ ...options, port }, process.env, config.values) };
  } catch (error) {
    if (isRefusal(error, 'bad-setting')) return complain(error.message);
    throw error;
  }
  const isQuiet = options.quiet ?? false;
  const dataDir = dataDirOf(options['data-dir']);
  const programLog = openProgramLog({ dataDir, given, terminal: (text) => process.stderr.write(text) });
  const { log } = programLog;
  for (const warning of warnings) log.warn(warning);
  const python = createNodePython({
    say: (text) => log.info(text),
    progress: isQuiet ? silentProgress : createProgress(process.stderr),
  });

  let parts;
  let settings;
  let held: HeldFolder;
  try {
    const file = openFile(dataDir);
    for (const notice of file.notices) log[notice.level](notice.text);
    const live = createSettings(file, given);
    settings = live;
    programLog.follow(() => live.read());
    const surface = {
      kind: 'console',
      copyText: null,
      openFolder: null,
      saveFile: null,
      notices: file.notices,
    } as const;
    held = await holdFolder({
      dataDir,
      alsoDirs: furtherFolders(dataDir, settings.read().functionsPath),
      program: 'server',
      log,
    });
    parts = await compose({ settings, dataDir, log, python, surface });
    held.answer(parts.commandCalls);
  } catch (error) {
    return complain(whyUnusable(dataDir, error));
  }
  const { service } = parts;
  programLog.onEntry(parts.noteLog);
  const consolePort = options['console-port'];
  const portFault = consolePortFault(consolePort);
  if (portFault !== null) return complain(portFault);
  const opening =
    options.console || consolePort !== undefined
      ? openConsoleBeside(parts, dataDir, Number(consolePort ?? 0), log)
      : null;
  const stopWatching = isQuiet ? () => undefined : showSteps(service);
  const stopped = stopOnSignal(log, async () => {
    await Promise.all([service.stop(DRAIN_MS), opening?.then((console) => console?.close())]);
    // Fetching packages can be cut at any time: only whole, checked files are ever put in place.
    if (!python.isPrepared()) process.exit(0);
  });

  const state = await service.start();
  stopWatching();
  switch (state.kind) {
    case 'port-conflict':
    case 'port-reserved':
    case 'listen-failed':
      return complain(explanationOf(state).replace('another port', 'another port with --port'));
    case 'python-failed':
      // Without packages and image there is nothing to try again; a Python that only does not start is tried again.
      if (!python.isPrepared()) {
        await service.stop(0);
        return complain(`Python cannot be started: ${state.why}`);
      }
      break;
    default:
      break;
  }
  const address = addressOf(state);
  if (!isQuiet && address) {
    process.stdout.write(
      `\nTabPy Tray ${PROGRAM_VERSION} is running: ${addressText(address)}\n` +
        `In Tableau: Help ▸ Settings and Performance ▸ Manage Analytics Extension Connection ▸ TabPy, localhost, ${address.port}.\n` +
        `Functions are kept in ${functionsFolder(dataDir, settings.read().functionsPath)}. Ctrl-C stops.\n\n`,
    );
  }
  const link = (await Promise.race([opening, stopped]))?.link;
  if (!isQuiet && link) process.stdout.write(`Its window in a browser: ${link}\n\n`);
  await stopped;
  await programLog.flush();
  await held.release();
  return 0;
}

/** `--log-level` and its variable say it more exactly. */
function levelOf({ verbose, quiet }: ServeOptions): Partial<Settings> {
  return verbose ? { logLevel: 'debug' } : quiet ? { logLevel: 'warn' } : {};
}

/** The server is there without it: what goes wrong is told, and nothing ends. */
function openConsoleBeside(parts: Parts, dataDir: string, port: number, log: Log): Promise<RunningConsole | null> {
  return startConsole(parts, dataDir, port, log).catch((error: unknown) => {
    log.error((error as Error).message);
    return null;
  });
}

/** What is being done before Python runs, in one line that the next one replaces; nothing where nobody watches. */
function showSteps(service: Service): () => void {
  if (!process.stderr.isTTY) return () => undefined;
  const show = (text: string): void => void process.stderr.write(`\r\u001B[K${text}`);
  const stop = service.onState((state) => {
    // The fetching of packages has a bar of its own.
    if (state.kind === 'starting' && state.step.fraction === null) show(`  ${state.step.text}`);
  });
  return () => {
    stop();
    show('');
  };
}

/** Resolves when a signal came and everything is stopped; a second signal ends the program at once. */
function stopOnSignal(log: Log, stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    const onSignal = (): void => {
      if (isStopping) process.exit(1);
      isStopping = true;
      log.info('finishing running requests; Ctrl-C again ends at once');
      void stop().then(resolve);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // when-exit, which conf brings along, answers a signal by sending it once more: that would be our second one.
      process.removeAllListeners(signal);
      process.on(signal, onSignal);
    }
  });
}

/** TabPy's configuration file, where one is named. @throws Refusal `bad-setting` */
function configIn({ config }: ServeOptions): TabpyConfig {
  return config === undefined
    ? { values: new Map(), warnings: [] }
    : readTabpyConfig(readConfig(config), config, process.env);
}

/** @throws Refusal `bad-setting` */
function readConfig(file: string): string {
  try {
    return readRegularFileSync(file, MOST_TEXT_FILE_BYTES).toString('utf8');
  } catch (error) {
    throw new Refusal('bad-setting', `The configuration file ${file} cannot be read: ${(error as Error).message}.`);
  }
}

function say(text: string): number {
  process.stdout.write(terminalText(text));
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${terminalText(text)}\n`);
  return 1;
}
