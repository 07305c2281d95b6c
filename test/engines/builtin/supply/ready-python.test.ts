// Python as the tray app has it: from an image that is there, inside the system's sandbox, or not at all.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeManifest } from '../../../../src-main/engines/builtin/image/manifest.ts';
import { createReadyPython } from '../../../../src-main/engines/builtin/supply/ready-python.ts';
import type { Interpreter } from '../../../../src-main/runtime/interpreter.ts';
import { DEFAULT_SETTINGS } from '../../../../src-shared/settings.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';

describe('createReadyPython', () => {
  const limits = { bootMs: 1, memoryBytes: 1, frameBytes: 1 };
  let dir: string;
  let started: string[];
  const pythonIn = (why: string | null) =>
    createReadyPython({
      image: () => ({ dir, manifestSha256: null }),
      whyNoSandbox: () => why,
      start(imageDir) {
        started.push(imageDir);
        return {} as Interpreter;
      },
    });
  beforeEach(async () => {
    dir = temporaryFolder();
    started = [];
    await writeManifest(dir, { inputs: '', hasSnapshot: true, snapshotFault: null, preimport: [], wheels: [] });
  });

  it('starts interpreters from the image once that was checked', async () => {
    const python = pythonIn(null);
    expect(() => python.startInterpreter(DEFAULT_SETTINGS, limits, null)).toThrow('not prepared');
    const told: string[] = [];
    await python.prepare(({ text }) => told.push(text), DEFAULT_SETTINGS);
    python.startInterpreter(DEFAULT_SETTINGS, limits, null);
    expect(told).toEqual(['Checking Python…']);
    expect(started.map((one) => path.basename(one))).toEqual([path.basename(dir)]);
  });

  it('starts none from a damaged image, and none on a second try', async () => {
    writeFileSync(path.join(dir, 'heap.bin'), 'foreign');
    const python = pythonIn(null);
    for (let time = 0; time < 2; time++)
      await expect(python.prepare(() => undefined, DEFAULT_SETTINGS)).rejects.toThrow('heap.bin does not belong to it');
    expect(() => python.startInterpreter(DEFAULT_SETTINGS, limits, null)).toThrow('not prepared');
  });

  it("refuses to run without the system's sandbox, rather than run unsafely", async () => {
    await expect(pythonIn('No sandbox here.').prepare(() => undefined, DEFAULT_SETTINGS)).rejects.toThrow(
      'No sandbox here.',
    );
    expect(started).toEqual([]);
  });
});
