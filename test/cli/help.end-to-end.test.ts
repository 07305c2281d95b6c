// What the program says of itself.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Setting } from '../../src-shared/setting-kinds.ts';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const said = async (...args: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await run(process.execPath, ['src-main/entries/cli.ts', ...args], { cwd: root });
  expect(stderr).not.toContain('Error');
  return stdout;
};

const COMMANDS = [
  'serve',
  'prepare',
  'config',
  'console',
  'functions',
  'import',
  'deploy-models',
  'packages',
  'user',
] as const;

describe('the help', () => {
  it('names every command', async () => {
    const help = await said('--help');
    for (const command of COMMANDS) expect(help).toMatch(new RegExp(`^  ${command}\\b.* \\w`, 'm'));
    expect(await said('help')).toBe(help);
  });

  it('of serve names every option and every variable of the settings', async () => {
    const help = (await said('serve', '--help')).replaceAll(/\s+/g, ' ');
    const named = SETTING_NAMES.map((name): Setting => SETTINGS[name]).flatMap(({ env, option }) => [
      ...(option === undefined ? [] : [`--${option} <`]),
      ...(env === undefined ? [] : [env]),
    ]);
    expect(named.filter((name) => !help.includes(name))).toEqual([]);
    for (const option of ['-p, --port', '-c, --config', '-v, --verbose', '-q, --quiet', '--data-dir', '--console-port'])
      expect(help).toContain(option);
  });

  it.each(COMMANDS)('of %s shows what it is for', async (command) => {
    expect(await said(command, '-h')).toMatch(new RegExp(`^Usage: tabpy-tray ${command}[^\n]*\n\n[A-Z]`));
  });

  it('tells the version', async () => {
    expect(await said('--version')).toMatch(/^tabpy-tray \d+\.\d+\.\d+\n$/);
  });
});
