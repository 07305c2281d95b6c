#!/usr/bin/env node
// The command line: the same service with no Electron. Must not hold what another entry would need too.

import path from 'node:path';
import { parseArgs } from 'node:util';
import envPaths from 'env-paths';
import { createLog, inBatches } from './activity/log.ts';
import type { Log } from './activity/log.ts';
import { compose, PROGRAM_VERSION } from './compose.ts';
import { preparePython } from './prepare-python.ts';
import type { PreparedPython } from './prepare-python.ts';
import { holderOf } from './server/port-holder.ts';
import { BadSetting, settingsFrom } from './service/settings-sources.ts';
import type { Settings } from '../src-shared/settings.ts';

const HELP = `tabpy-tray ${PROGRAM_VERSION}: a TabPy server for Tableau that brings its own Python.

  tabpy-tray serve [PORT]    run the server (npm start, npm run serve -- …)
  tabpy-tray prepare         fetch the Python packages and make the image that Python starts from
  tabpy-tray --help, --version

serve:
  --port N            port, 9004 unless said otherwise (TABPY_PORT); 0 takes a free one
  --host ADDRESS      address to listen on, may be repeated; 127.0.0.1 and ::1 unless said otherwise
  --data-dir DIR      where deployed functions are kept; now ${defaultDataDir()}
  --workers N         scripts that run at once, 2 unless said otherwise
  --isolation MODE    who shares a Python: caller (default), shared (as TabPy), request
  --allow-host NAME   a further name under which clients call this server, may be repeated
  --allow-origin URL  a web page's origin that may call this server, may be repeated
  --verbose           say more
  --quiet             say only what went wrong

Environment: TABPY_PORT, TABPY_EVALUATE_TIMEOUT (seconds), TABPY_MAX_REQUEST_SIZE_MB, TABPY_EVALUATE_ENABLE,
TABPY_GZIP_ENABLE, TABPY_TRAY_WORKERS, TABPY_TRAY_ISOLATION, TABPY_TRAY_MEMORY_MB (per interpreter),
TABPY_TRAY_STORE (folder of packages), TABPY_TRAY_PACKAGES_FROM (folder to take packages from).
`;

const DRAIN_MS = 3_000;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parse(args);
  } catch (error) {
    return complain(`${(error as Error).message.split('. ')[0]}. See tabpy-tray --help.`);
  }
  const { values, positionals } = parsed;
  const [command = 'serve', ...rest] = positionals;
  if (values.version) return say(`tabpy-tray ${PROGRAM_VERSION}\n`);
  if (values.help || command === 'help') return say(HELP);
  switch (command) {
    case 'serve': {
      if (rest.length > 1) return complain(`serve takes one port, not ${rest.join(' ')}.`);
      return serve(values, values.port ?? rest[0]);
    }
    case 'prepare':
      await preparePython({ say: (text) => process.stdout.write(`${text}\n`), isQuiet: values.quiet ?? false });
      return 0;
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
      host: { type: 'string', multiple: true },
      'data-dir': { type: 'string' },
      workers: { type: 'string' },
      isolation: { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      'allow-origin': { type: 'string', multiple: true },
      verbose: { type: 'boolean', short: 'v' },
      quiet: { type: 'boolean', short: 'q' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
}

type ServeOptions = ReturnType<typeof parse>['values'];

async function serve(options: ServeOptions, port: string | undefined): Promise<number> {
  let settings: Settings;
  try {
    settings = settingsFrom({ ...options, port }, process.env);
  } catch (error) {
    if (error instanceof BadSetting) return complain(error.message);
    throw error;
  }
  const dataDir = path.resolve(options['data-dir'] ?? defaultDataDir());
  const level = options.verbose ? 'debug' : options.quiet ? 'warn' : 'info';
  const log = createLog({ level, write: inBatches((text) => process.stderr.write(text)) });
  let python: PreparedPython | null = null;
  const launch = () => {
    if (!python) throw new Error('Python is not prepared yet');
    return python.launch(settings);
  };

  let parts;
  try {
    parts = await compose({ settings, dataDir, log, launch });
  } catch (error) {
    return complain(
      `The data folder ${dataDir} cannot be used: ${(error as Error).message}. Choose another with --data-dir.`,
    );
  }
  const { service } = parts;
  let listener;
  try {
    listener = await service.listen();
  } catch (error) {
    return complain(await listenFailure(error as NodeJS.ErrnoException, settings));
  }
  const stopped = stopOnSignal(log, async () => {
    await service.stop(DRAIN_MS);
    // Fetching packages can be cut at any time: only whole, checked files are ever put in place.
    if (!python) process.exit(0);
  });

  try {
    python = await preparePython({ say: (text) => log.info(text), isQuiet: options.quiet ?? false });
  } catch (error) {
    await service.stop(0);
    return complain(`Python cannot be started: ${(error as Error).message}`);
  }
  if (!(await service.usePython()))
    log.error('Python does not start; requests that need it are told so, and it is tried again');
  if (!options.quiet) {
    process.stdout.write(
      `\nTabPy Tray ${PROGRAM_VERSION} is running: http://localhost:${listener.port}\n` +
        `In Tableau: Help ▸ Settings and Performance ▸ Manage Analytics Extension Connection ▸ TabPy, localhost, ${listener.port}.\n` +
        `Functions are kept in ${dataDir}. Ctrl-C stops.\n\n`,
    );
  }
  await stopped;
  return 0;
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
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

async function listenFailure(error: NodeJS.ErrnoException, { port, hosts }: Settings): Promise<string> {
  switch (error.code) {
    case 'EADDRINUSE': {
      const holder = await holderOf(port);
      const who = holder ? ` by ${holder.name} (PID ${holder.pid})` : '';
      return `Port ${port} is in use${who}. Choose another port with --port, or stop that program.`;
    }
    case 'EACCES':
      return `The system does not let this program use port ${port}. Choose another with --port, above 1023.`;
    default:
      return `Cannot listen on ${hosts.join(', ')} port ${port}: ${error.message}`;
  }
}

function defaultDataDir(): string {
  return envPaths('tabpy-tray', { suffix: '' }).data;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}
