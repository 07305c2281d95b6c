// Writes icon files with several sizes: .ico for Windows, .icns for macOS.

/** One size of an icon. */
export interface Bitmap {
  readonly pixels: number;
  readonly png: Buffer;
  /** Red, green, blue, alpha; rows from the top. */
  readonly rgba: Buffer;
}

const ICO_HEAD_BYTES = 6;
const ICO_ENTRY_BYTES = 16;
const BMP_HEAD_BYTES = 40;
// Windows draws small sizes from plain bitmaps; it understands a PNG everywhere only at 256.
const PNG_FROM_PIXELS = 256;

/** An .ico: small sizes as bitmaps, 256 as PNG. */
export function icoOf(bitmaps: readonly Bitmap[]): Buffer {
  const images = bitmaps.map((one) => (one.pixels >= PNG_FROM_PIXELS ? one.png : dibOf(one)));
  const head = Buffer.alloc(ICO_HEAD_BYTES + ICO_ENTRY_BYTES * bitmaps.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(bitmaps.length, 4);
  let offset = head.length;
  for (const [index, { pixels }] of bitmaps.entries()) {
    const at = ICO_HEAD_BYTES + ICO_ENTRY_BYTES * index;
    const image = images[index]!;
    // One byte a side: 256 is written as 0.
    head.writeUInt8(pixels % 256, at);
    head.writeUInt8(pixels % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(image.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += image.length;
  }
  return Buffer.concat([head, ...images]);
}

/**
 * A bitmap without file header: blue, green, red, alpha from the bottom row up, then the mask, which 32-bit pixels do
 * not use.
 */
function dibOf({ pixels, rgba }: Bitmap): Buffer {
  const maskBytes = Math.ceil(pixels / 32) * 4 * pixels;
  const dib = Buffer.alloc(BMP_HEAD_BYTES + pixels * pixels * 4 + maskBytes);
  dib.writeUInt32LE(BMP_HEAD_BYTES, 0);
  dib.writeInt32LE(pixels, 4);
  // Twice the height, because colours and mask count as one picture.
  dib.writeInt32LE(pixels * 2, 8);
  dib.writeUInt16LE(1, 12);
  dib.writeUInt16LE(32, 14);
  for (let y = 0; y < pixels; y++) {
    for (let x = 0; x < pixels; x++) {
      const from = (y * pixels + x) * 4;
      const to = BMP_HEAD_BYTES + ((pixels - 1 - y) * pixels + x) * 4;
      dib[to] = rgba[from + 2]!;
      dib[to + 1] = rgba[from + 1]!;
      dib[to + 2] = rgba[from]!;
      dib[to + 3] = rgba[from + 3]!;
    }
  }
  return dib;
}

/** The types of .icns whose content is a PNG, by the pixels that it has; sizes for Retina have types of their own. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** An .icns. @throws Error when macOS has no such size */
export function icnsOf(bitmaps: readonly Bitmap[]): Buffer {
  const blocks = bitmaps.flatMap(({ pixels, png }) => {
    const types = ICNS_TYPES[pixels];
    if (!types) throw new Error(`macOS has no icon of ${pixels} pixels`);
    return types.map((type) => block(type, png));
  });
  return block('icns', Buffer.concat(blocks));
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
