import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { pipSource } from '../../../src-main/packages/store/pip-source.ts';
import type { PipCommand } from '../../../src-main/packages/store/pip-source.ts';
import { silentProgress } from '../../../src-main/packages/progress.ts';
import type { Source } from '../../../src-main/packages/store/source.ts';
import { fillStore } from '../../../src-main/packages/store/store.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { fakePip } from '../support/fake-pip.ts';
import { leftoversIn } from '../support/wanted.ts';
import { folderWith, sample, zipOf } from '../support/wheels.ts';
import type { Sample } from '../support/wheels.ts';

const [numpy, pandas] = [sample('numpy'), sample('pandas')];
const [cloudpickle, simplejson] = [sample('cloudpickle', { isOnPypi: true }), sample('simplejson', { isOnPypi: true })];
const carrier = { requirement: 'carrier-pigeon==2.0', folder: 'carrier/pyodide/', bytes: 50_000 };

const fill = (storeDir: string, samples: readonly Sample[], source: Source) =>
  fillStore({ storeDir, wanted: samples.map(({ file }) => file), sources: [source], progress: silentProgress });

/** A folder with pure wheels and a carrier, as PyPI has them. */
function packageIndex(pure: readonly Sample[], carried: readonly Sample[]): string {
  const folder = folderWith(pure);
  const entries = carried.map(({ file, content }) => [`${carrier.folder}${file.fileName}`, content] as const);
  const zip = zipOf({ 'carrier/index.html': Buffer.from('not wanted'), ...Object.fromEntries(entries) });
  writeFileSync(path.join(folder, 'carrier_pigeon-2.0-py3-none-any.whl'), zip);
  return folder;
}

describe('packages through pip', () => {
  it('takes pure wheels from PyPI and the others out of the carrier', async () => {
    const storeDir = temporaryFolder();
    const pip = fakePip(packageIndex([cloudpickle], [numpy, pandas, sample('not-wanted')]));
    const filled = await fill(storeDir, [numpy, cloudpickle, pandas], pipSource([pip.command], carrier));
    expect(filled).toMatchObject({ missing: [], failures: [] });
    expect(pip.downloads()).toEqual(['cloudpickle==1.0', 'carrier-pigeon==2.0']);
    expect(readdirSync(path.join(storeDir, 'wheels'))).toHaveLength(3);
    expect(readdirSync(path.join(storeDir, 'fetching'))).toEqual([]);
  });

  it('does not download the carrier when only pure wheels are missing', async () => {
    const pip = fakePip(packageIndex([cloudpickle], []));
    await fill(temporaryFolder(), [cloudpickle], pipSource([pip.command], carrier));
    expect(pip.downloads()).toEqual(['cloudpickle==1.0']);
  });

  it('takes the others when pip does not find one', async () => {
    const pip = fakePip(packageIndex([], [numpy]));
    const filled = await fill(temporaryFolder(), [cloudpickle, numpy], pipSource([pip.command], carrier));
    expect(filled.missing).toEqual([cloudpickle.file]);
    expect(filled.failures).toEqual([
      'PyPI: pip could not download cloudpickle==1.0: ERROR: No matching distribution found for cloudpickle==1.0',
    ]);
  });

  it('stops asking when pip finds nothing at all', async () => {
    const pip = fakePip(temporaryFolder());
    const filled = await fill(temporaryFolder(), [cloudpickle, simplejson, numpy], pipSource([pip.command], carrier));
    expect(filled.missing).toHaveLength(3);
    expect(pip.downloads()).toHaveLength(2);
  });

  it('refuses what the carrier has under the right name with other content', async () => {
    const storeDir = temporaryFolder();
    const pip = fakePip(packageIndex([], [{ ...numpy, content: Buffer.from('another build') }, pandas]));
    const filled = await fill(storeDir, [numpy, pandas], pipSource([pip.command], carrier));
    expect(filled.missing).toEqual([numpy.file]);
    expect(filled.failures[0]).toContain('is not the file it should be');
    expect(readdirSync(path.join(storeDir, 'wheels'))).toEqual([pandas.file.fileName]);
  });

  it('says what the carrier does not have', async () => {
    const pip = fakePip(packageIndex([], [numpy]));
    const filled = await fill(temporaryFolder(), [numpy, pandas], pipSource([pip.command], carrier));
    expect(filled.failures).toEqual([`PyPI: it does not carry ${pandas.file.fileName}`]);
  });

  it('asks for the wheel of the Python that it is for', async () => {
    const compiled = sample('msgspec', { isOnPypi: true, tags: 'cp314-cp314-pyemscripten_2026_0_wasm32' });
    const pip = fakePip(packageIndex([compiled, cloudpickle], []));
    const filled = await fill(temporaryFolder(), [compiled, cloudpickle], pipSource([pip.command], carrier));
    expect(filled.missing).toEqual([]);
    const [first, second] = pip.diary().map(({ args }) => args.join(' '));
    expect(first).toContain(
      '--platform pyemscripten_2026_0_wasm32 --python-version 3.14 --implementation cp --abi cp314 msgspec==1.0',
    );
    expect(second).toContain('--platform any --python-version 3.12 --implementation py --abi none cloudpickle==1.0');
  });

  it('tries the next name when a Python has no pip', async () => {
    const pip = fakePip(packageIndex([cloudpickle], []));
    const without: readonly PipCommand[] = [
      ['no-such-python-anywhere', '-m', 'pip'],
      [process.execPath, 'no-such-program.mjs'],
    ];
    const filled = await fill(temporaryFolder(), [cloudpickle], pipSource([...without, pip.command], carrier));
    expect(filled.missing).toEqual([]);
  });

  it('says that there is no pip', async () => {
    const filled = await fill(temporaryFolder(), [cloudpickle], pipSource([['no-such-python-anywhere']], carrier));
    expect(filled.failures).toEqual(['PyPI: no Python with pip was found on this computer']);
  });

  it('does not ask for what only the CDN has', () => {
    expect(pipSource([], carrier).offers(sample('nltk', { need: 'optional' }).file)).toBe(false);
  });

  it('lets pip keep its temporary files on the disk of the store only', async () => {
    const storeDir = temporaryFolder();
    const pip = fakePip(packageIndex([cloudpickle], []));
    await fill(storeDir, [cloudpickle], pipSource([pip.command], carrier));
    expect(path.relative(storeDir, pip.diary()[0]!.temporary)).toMatch(/^fetching/);
  });

  it('says that the carrier cannot be read when it is no wheel', async () => {
    const index = temporaryFolder();
    writeFileSync(path.join(index, 'carrier_pigeon-2.0-py3-none-any.whl'), 'half a download');
    const filled = await fill(temporaryFolder(), [numpy], pipSource([fakePip(index).command], carrier));
    expect(filled.missing).toEqual([numpy.file]);
    expect(filled.failures).toEqual([expect.stringMatching(/^PyPI: /)]);
  });

  it('ends pip and leaves nothing half when it is stopped', async () => {
    const storeDir = temporaryFolder();
    const index = packageIndex([], [numpy]);
    writeFileSync(path.join(index, 'hang'), '');
    const pip = fakePip(index);
    const stop = new AbortController();
    const filling = fillStore({
      storeDir,
      wanted: [numpy.file],
      sources: [pipSource([pip.command], carrier)],
      progress: silentProgress,
      signal: stop.signal,
    });
    await vi.waitFor(async () => expect(await leftoversIn(storeDir)).toEqual(['half.whl']), 10_000);
    stop.abort();
    const filled = await filling;
    expect(filled.failures.at(-1)).toBe('stopped before the end');
    expect(await leftoversIn(storeDir)).toEqual([]);
    expect(readdirSync(path.join(storeDir, 'wheels'))).toEqual([]);
    const { pid } = pip.diary()[0]!;
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 5_000);
  });
});
