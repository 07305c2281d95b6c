import { describe, expect, it } from 'vitest';

import { launchOf } from '../../../../src-main/engines/builtin/host/launch.ts';

/** What every interpreter is given: a clock without a place, and how glibc gives memory back. */
const OWN_ENV = { TZ: 'UTC', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };
const CONFIG = { imageDir: '/images/core', memoryMb: 1536, maxResultBytes: 1 << 20, nodePath: '/opt/node' } as const;

describe('the launch of an interpreter', () => {
  it('gives the process no environment and no folder of the user, not even the time zone', () => {
    const { env, cwd } = launchOf({ ...CONFIG, platform: 'linux' });
    expect(env).toEqual(OWN_ENV);
    expect(cwd).toBe('/');
  });

  it('lets it read its image and nothing else', () => {
    const { args } = launchOf({ ...CONFIG, platform: 'linux' });
    expect(args).toContain('--permission');
    expect(args.filter((arg) => arg.startsWith('--allow'))).toEqual(['--allow-fs-read=/images/core/*']);
  });

  it('closes eval and addons in every realm', () => {
    const { args } = launchOf({ ...CONFIG, platform: 'linux' });
    expect(args).toEqual(
      expect.arrayContaining(['--disallow-code-generation-from-strings', '--no-addons', '--disable-proto=delete']),
    );
  });

  it('bounds memory, files and core dumps where the system can', () => {
    const { command, args } = launchOf({ ...CONFIG, platform: 'linux' });
    expect(command).toBe('/bin/sh');
    expect(args[1]).toContain('ulimit -d 2289664');
    expect(args[1]).toContain('ulimit -f 0');
    expect(args[2]).toBe('/opt/node');
  });

  it('is the first that a system short of memory ends, and ends with the server', () => {
    const { args } = launchOf({ ...CONFIG, platform: 'linux' });
    expect(args[1]).toContain('oom_score_adj');
    expect(args[1]).toContain('<&5');
  });

  it('starts Node itself on Windows, with the one variable that Windows needs', () => {
    const launch = launchOf({ ...CONFIG, platform: 'win32', systemRoot: 'C:\\Windows' });
    expect(launch.command).toBe('/opt/node');
    expect(launch.env).toEqual({ ...OWN_ENV, SystemRoot: 'C:\\Windows' });
  });
});
