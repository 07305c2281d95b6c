import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFunctionFiles } from '../../../src-main/functions/store/files.ts';
import { isFunctionName } from '../../../src-shared/function-name.ts';
import { functionsFolder, holdsTabpysFunctions } from '../../../src-main/functions/store/functions-folder.ts';
import { openRegistry } from '../../../src-main/functions/registry.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { deployment } from '../support/deployment.ts';

describe('the folder of functions', () => {
  it('is in the data folder unless another is chosen', () => {
    expect(functionsFolder('/data', '')).toBe(path.join('/data', 'endpoints'));
    expect(functionsFolder('/data', '/objects')).toBe(path.join(path.resolve('/objects'), 'tabpy-tray.functions'));
  });

  it('has a name that no function can have', () => {
    expect(isFunctionName(path.basename(functionsFolder('/data', '/objects')))).toBe(false);
  });

  it('leaves alone what TabPy keeps beside it, also under the same name', async () => {
    const objects = temporaryFolder();
    const tabpys = path.join(objects, 'add/1');
    mkdirSync(tabpys, { recursive: true });
    writeFileSync(path.join(tabpys, 'pickle_archive'), 'of TabPy');
    expect(await holdsTabpysFunctions(objects)).toBe(true);

    const dir = functionsFolder('/data', objects);
    const files = await openFunctionFiles({ dir, log: { warn: (text) => expect.fail(text) } });
    const registry = await openRegistry({ files });
    expect(registry.snapshot().endpoints.size).toBe(0);
    await registry.deploy(deployment('add'), false);
    await registry.remove('add');

    expect(readdirSync(path.join(objects, 'add'))).toEqual(['1']);
    expect(readFileSync(path.join(tabpys, 'pickle_archive'), 'utf8')).toBe('of TabPy');
  });

  it('is not TabPy’s when it holds ours, or nothing', async () => {
    const objects = temporaryFolder();
    expect(await holdsTabpysFunctions(objects)).toBe(false);
    expect(await holdsTabpysFunctions(path.join(objects, 'nowhere'))).toBe(false);
    const dir = functionsFolder('/data', objects);
    const registry = await openRegistry({ files: await openFunctionFiles({ dir, log: { warn: () => undefined } }) });
    await registry.deploy(deployment('add'), false);
    expect(await holdsTabpysFunctions(objects)).toBe(false);
  });
});
