import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  forgetImage,
  rememberedImage,
  rememberImage,
} from '../../../../src-main/engines/builtin/supply/image-record.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';

function madeImage() {
  const root = temporaryFolder();
  const imagesDir = path.join(root, 'images');
  const image = path.join(imagesDir, 'abc');
  const sources = path.join(root, 'sources/inner');
  mkdirSync(image, { recursive: true });
  mkdirSync(sources, { recursive: true });
  writeFileSync(path.join(image, 'heap.bin'), 'heap');
  writeFileSync(path.join(root, 'one.whl'), 'wheel');
  writeFileSync(path.join(sources, 'rules.ts'), 'rule');
  const place = { imagesDir, inputs: [path.join(root, 'one.whl'), path.join(root, 'sources')], more: 'v24' };
  return { root, image, sources, place };
}

describe('an image that was found whole', () => {
  it('is known again while nothing changed', async () => {
    const { image, place } = madeImage();
    expect(rememberedImage(place)).toBeNull();
    await rememberImage(place, image);
    expect(rememberedImage(place)).toBe(image);
    expect(rememberedImage(place)).toBe(image);
  });

  it.each([
    ['a file of it was written', ({ image }) => writeFileSync(path.join(image, 'heap.bin'), 'head')],
    [
      'a file of it was written and its time set back',
      ({ image }) => {
        const file = path.join(image, 'heap.bin');
        writeFileSync(file, 'head');
        utimesSync(file, 0, 0);
      },
    ],
    ['a file of it is gone', ({ image }) => rmSync(path.join(image, 'heap.bin'))],
    ['there is one more', ({ image }) => writeFileSync(path.join(image, 'more'), '')],
    ['it is gone', ({ image }) => rmSync(image, { recursive: true })],
    ['a wheel was replaced', ({ root }) => writeFileSync(path.join(root, 'one.whl'), 'other')],
    ['a wheel is gone', ({ root }) => rmSync(path.join(root, 'one.whl'))],
    ['a source that makes it changed', ({ sources }) => writeFileSync(path.join(sources, 'rules.ts'), 'mule')],
    [
      'a source that makes it has another name',
      ({ sources }) => renameSync(path.join(sources, 'rules.ts'), path.join(sources, 'laws.ts')),
    ],
    ['what was noted is damaged', ({ place }) => writeFileSync(path.join(place.imagesDir, 'checked.json'), '{"in')],
    [
      'what was noted is of another kind',
      ({ place }) => writeFileSync(path.join(place.imagesDir, 'checked.json'), '[]'),
    ],
  ] as const satisfies readonly [string, (made: ReturnType<typeof madeImage>) => void][])(
    'is looked at again when %s',
    async (_, change) => {
      const made = madeImage();
      await rememberImage(made.place, made.image);
      change(made);
      expect(rememberedImage(made.place)).toBeNull();
    },
  );

  it('is looked at again under another Node, and when it is to be forgotten', async () => {
    const { image, place } = madeImage();
    await rememberImage(place, image);
    expect(rememberedImage({ ...place, more: 'v25' })).toBeNull();
    await forgetImage(place);
    expect(rememberedImage(place)).toBeNull();
  });

  it('is nowhere else than among the images, whatever was noted', async () => {
    const { root, image, place } = madeImage();
    await rememberImage(place, image);
    mkdirSync(path.join(root, 'elsewhere'));
    await rememberImage(place, path.join(root, 'elsewhere'));
    expect(rememberedImage(place)).toBeNull();
  });
});
