// Draws an SVG in a given size with a headless Chromium.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium, launchChromium } from '../../test/support/chromium.ts';
import type { Bitmap } from './containers.ts';
import type { Picture } from './plan.ts';

export interface Drawing {
  draw(picture: Picture): Promise<Bitmap>;
  close(): Promise<void>;
}

/** @throws Error when there is no Chromium */
export async function openDrawing(assetsDir: string): Promise<Drawing> {
  const program = findChromium();
  if (!program) throw new Error('Icons are drawn with Chromium: install it, or name it in TABPY_TRAY_CHROMIUM.');
  const browser = await launchChromium(program);
  const page = await browser.newPage();
  return {
    async draw(picture) {
      const svg = colouredSvg(readFileSync(path.join(assetsDir, picture.source), 'utf8'), picture);
      const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
      const { png, rgba } = await page.evaluate(inPage, { address, pixels: picture.pixels });
      return { pixels: picture.pixels, png: Buffer.from(png, 'base64'), rgba: Buffer.from(rgba, 'base64') };
    },
    close: () => browser.close(),
  };
}

/** The drawing with its colours, part and size set on the root: an <img> takes nothing from the page around it. */
function colouredSvg(svg: string, { pixels, ink, accent, viewBox }: Picture): string {
  const style = ink ? ` style="color:${ink};--accent:${accent ?? ink}"` : '';
  const sized = svg.replace('<svg ', `<svg width="${pixels}" height="${pixels}"${style} `);
  return viewBox ? sized.replace(/viewBox="[^"]*"/, `viewBox="${viewBox}"`) : sized;
}

/** The part of the page's world that is used; the tools are checked without the DOM's types. */
interface PageWorld {
  readonly Image: new () => { src: string; decode(): Promise<void> };
  readonly OffscreenCanvas: new (
    width: number,
    height: number,
  ) => {
    getContext(kind: '2d'): {
      drawImage(image: object, x: number, y: number, width: number, height: number): void;
      getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
    };
    convertToBlob(): Promise<Blob>;
  };
}

async function inPage({
  address,
  pixels,
}: {
  readonly address: string;
  readonly pixels: number;
}): Promise<{ png: string; rgba: string }> {
  const world = globalThis as unknown as PageWorld;
  const image = new world.Image();
  image.src = address;
  await image.decode();
  const canvas = new world.OffscreenCanvas(pixels, pixels);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, pixels, pixels);
  const base64Of = (bytes: Uint8ClampedArray): string => {
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  };
  const png = new Uint8ClampedArray(await (await canvas.convertToBlob()).arrayBuffer());
  return { png: base64Of(png), rgba: base64Of(context.getImageData(0, 0, pixels, pixels).data) };
}
