// `nativeImage`: the file of a picture. Must not know pixels.

import { existsSync } from 'node:fs';
import path from 'node:path';

export class StandInImage implements Pick<Electron.NativeImage, 'isEmpty' | 'isTemplateImage' | 'setTemplateImage'> {
  /** The file's name, for tests; empty without one. */
  readonly file: string;
  #isTemplate: boolean;

  constructor(file: string) {
    this.file = file !== '' && existsSync(file) ? file : '';
    this.#isTemplate = /Template(?:@\dx)?\.[a-z]+$/.test(file);
  }
  isEmpty(): boolean {
    return this.file === '';
  }
  isTemplateImage(): boolean {
    return this.#isTemplate;
  }
  setTemplateImage(option: boolean): void {
    this.#isTemplate = option;
  }
}

/** The name of a picture's file. @throws where Electron fails, and where it would show nothing */
export function pictureName(image: Electron.NativeImage | string): string {
  const found = typeof image === 'string' ? new StandInImage(image) : image;
  if (!((found as unknown) instanceof StandInImage) || found.isEmpty())
    throw new Error(`Failed to load image from path '${typeof image === 'string' ? image : ''}'`);
  return path.basename((found as unknown as StandInImage).file);
}

export const nativeImage: Pick<typeof Electron.NativeImage, 'createEmpty' | 'createFromPath'> = {
  createEmpty: () => new StandInImage('') as unknown as Electron.NativeImage,
  createFromPath: (file) => new StandInImage(file) as unknown as Electron.NativeImage,
};
