// The committed icons: complete, up to date, and told apart by their shape.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ICON_RECORD, iconInputs } from '../../packaging/icons/icons.ts';
import { iconFiles, TRAY_SHAPES } from '../../packaging/icons/plan.ts';

const assets = path.resolve(import.meta.dirname, '../../assets');
const read = (file: string): Buffer => readFileSync(path.join(assets, file));

describe('icons', () => {
  it('were made from the drawings as they are now (else: npm run icons)', () => {
    expect(JSON.parse(read(ICON_RECORD).toString())).toEqual(iconInputs(assets));
  });

  it('are all there, each PNG in the size that its place asks for', () => {
    for (const file of iconFiles()) {
      if (file.kind !== 'png') continue;
      const png = read(file.file);
      const { pixels } = file.picture;
      expect([file.file, png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([file.file, pixels, pixels]);
    }
  });

  it('hold every size of Windows in an .ico', () => {
    expect(sizesOfIco(read('icon.ico')).map(({ pixels }) => pixels)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    for (const shape of TRAY_SHAPES)
      for (const bar of ['light', 'dark'])
        expect(sizesOfIco(read(`tray/${shape}-${bar}.ico`)).map(({ pixels }) => pixels)).toEqual([
          16, 20, 24, 32, 40, 48,
        ]);
  });

  it('hold every size of macOS in an .icns, whose length is what it says', () => {
    const icns = read('icon.icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const types: string[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) types.push(icns.toString('latin1', at, at + 4));
    expect(types).toEqual(['icp4', 'icp5', 'ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14', 'ic10']);
  });

  it('differ in shape: between any two states one pixel in fifteen, whatever their colour', () => {
    const covered = TRAY_SHAPES.map((shape) => alphaOf(read(`tray/${shape}-light.ico`)));
    for (const [index, one] of covered.entries()) {
      for (const other of covered.slice(index + 1)) {
        const differing = one.filter((alpha, at) => Math.abs(alpha - other[at]!) > 100).length;
        expect(differing / one.length).toBeGreaterThan(1 / 15);
      }
    }
  });

  it('are black and alpha where macOS gives the colour', () => {
    for (const shape of TRAY_SHAPES) {
      const file = iconFiles().find((one) => one.file === `tray/${shape}Template@2x.png`);
      expect(file).toMatchObject({ kind: 'png', picture: { ink: '#000000', accent: '#000000', pixels: 32 } });
    }
  });
});

function sizesOfIco(ico: Buffer): { pixels: number; offset: number }[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    return { pixels: ico[at]! || 256, offset: ico.readUInt32LE(at + 12) };
  });
}

/** How much each pixel of the smallest size is covered: the fourth byte of its bitmap's pixels. */
function alphaOf(ico: Buffer): number[] {
  const { pixels, offset } = sizesOfIco(ico)[0]!;
  return Array.from({ length: pixels * pixels }, (_, index) => ico[offset + 40 + index * 4 + 3]!);
}
