import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { wantedFiles } from '../../../src-main/packages/store/package-list.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

/** Runs `npm run packages` with nothing to be found: the proxy is a closed port and no Python is on the path. */
function fill(args: readonly string[]) {
  const program = path.resolve(import.meta.dirname, '../../../src-main/packages/store/fill.ts');
  return spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { PATH: '', HTTPS_PROXY: 'http://127.0.0.1:9' },
  });
}

describe('npm run packages', () => {
  it('ends with 1 and says what is missing, why and what to do', () => {
    const { status, stderr } = fill(['--dir', temporaryFolder()]);
    expect(status).toBe(1);
    expect(stderr).toContain('Missing Python packages: cloudpickle, ');
    expect(stderr).toContain('no Python with pip was found on this computer');
    expect(stderr).toContain('Connect to the internet');
  });

  it('says nothing but what is missing when quiet', () => {
    const { stderr } = fill(['--dir', temporaryFolder(), '--quiet', '--verify']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('asks the folder of --from first and refuses wrong files in it', () => {
    const from = temporaryFolder();
    mkdirSync(from, { recursive: true });
    const { fileName } = wantedFiles()[0]!;
    writeFileSync(path.join(from, fileName), 'not a wheel');
    const { status, stderr } = fill(['--dir', temporaryFolder(), '--from', from]);
    expect(status).toBe(1);
    expect(stderr).toContain(`the folder ${from}: ${fileName} is not the file it should be`);
  });

  it('says which option it does not know', () => {
    const { status, stderr } = fill(['--form', 'x']);
    expect(status).toBe(1);
    expect(stderr).toBe("Unknown option '--form'. See npm run packages -- --help.\n");
  });
});
