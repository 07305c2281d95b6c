// The window's place between two runs.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readPlace, writePlace } from '../../src-main/shell/place-file.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

it('keeps the place of the window', async () => {
  const file = path.join(temporaryFolder(), 'window.json');
  const place = { x: 1, y: 2, width: 800, height: 600, isMaximized: true };
  writePlace(file, place);
  expect(await readPlace(file)).toEqual(place);
});

it('knows no place when there is no file, or a damaged one', async () => {
  const file = path.join(temporaryFolder(), 'window.json');
  expect(await readPlace(file)).toBeNull();
  writeFileSync(file, '{"x":');
  expect(await readPlace(file)).toBeNull();
});
