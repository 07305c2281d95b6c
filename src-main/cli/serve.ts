// `tabpy-tray serve`, which is also the default command: its options and help. Must not know how it serves.

import { Option } from 'commander';
import { defaultDataDir } from '../instance/data-folder.ts';
import { variableHelp } from '../settings/settings-text.ts';
import type { CommandShape, Terminal } from './command-line.ts';
import type { GivenOptions } from './given-options.ts';
import { serve } from './serving.ts';
import { settingOptions, startOptions } from './setting-options.ts';
import { startSettings } from './start-settings.ts';

export function serveCommand(terminal: Terminal): CommandShape {
  return {
    usage: 'serve [port]',
    summary: 'run the server (also without a command)',
    description: 'Runs the server until Ctrl-C. The port may also follow the command: tabpy-tray serve 9005.',
    epilogue: VARIABLES,
    options: serveOptions(),
    misuse: { code: 1, help: 'serve', tooMany: (words) => `serve takes one port, not ${words.join(' ')}.` },
    run: (words, options) => serveWith(options, words[0], terminal),
  };
}

/** The default command, with the same options. */
export function programShape(version: string, terminal: Terminal): CommandShape {
  return {
    usage: 'tabpy-tray',
    summary: 'a TabPy server',
    description: `tabpy-tray ${version}: a TabPy server for Tableau that brings its own Python.`,
    epilogue: 'Without a command, the server runs. tabpy-tray serve --help shows its options.',
    options: serveOptions().map((option) => option.hideHelp()),
    misuse: { code: 1, help: '', tooMany: ([word]) => `There is no command '${word}'.` },
    run: (_words, options) => serveWith(options, undefined, terminal),
  };
}

const VARIABLES = `Environment variables, besides those in brackets:
${variableHelp()}  TABPY_TRAY_STORE             Folder of Python packages
  TABPY_TRAY_PACKAGES_FROM     Folder to take Python packages from`;

function serveOptions(): readonly Option[] {
  return [
    ...startOptions(defaultDataDir()),
    ...settingOptions(),
    new Option('--console', 'also serve the window to a browser on this computer; prints a link that works once'),
    new Option('--console-port <N>', 'the port of that window; default: any free port'),
  ];
}

function serveWith(options: GivenOptions, port: string | undefined, terminal: Terminal): Promise<number> {
  return serve(
    {
      start: startSettings(options, port),
      dataDir: options.text('data-dir'),
      isQuiet: options.has('quiet'),
      consolePort: consolePortOf(options),
    },
    terminal,
  );
}

/** @returns null: no console was requested */
function consolePortOf(options: GivenOptions): number | null {
  const text = options.text('console-port');
  if (text === undefined) return options.has('console') ? 0 : null;
  const port = text === '' ? Number.NaN : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--console-port is '${text}'; it must be a whole number from 0 to 65535.`);
  return port;
}
