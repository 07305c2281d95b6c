// electron-builder's own parts, for looking at its configuration and at what it made. Must not know what is expected.

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

export const root = path.resolve(import.meta.dirname, '../../..');

// They come with electron-builder; none is a dependency of ours.
const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const ofLib = createRequire(ofBuilder.resolve('app-builder-lib/package.json'));

export interface Target {
  readonly target: string;
  readonly arch: readonly string[];
}

/** What the tests look at. */
export interface BuilderConfig {
  readonly appId: string;
  readonly productName: string;
  readonly directories: { readonly buildResources: string };
  readonly publish: unknown;
  readonly asar: boolean;
  readonly extraResources: readonly { readonly from: string; readonly to: string }[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly win: { readonly icon: string; readonly target: readonly Target[] };
  readonly nsis: { readonly perMachine: boolean };
  readonly mac: {
    readonly icon: string;
    readonly target: readonly Target[];
    readonly hardenedRuntime: boolean;
    readonly entitlements: string;
    readonly entitlementsInherit: string;
    readonly extendInfo: Readonly<Record<string, unknown>>;
  };
  readonly linux: { readonly icon: string; readonly target: readonly Target[] };
}

interface ConfigModule {
  getConfig(root: string, file: null, options: object): Promise<BuilderConfig>;
  validateConfiguration(config: object, logger: object): Promise<void>;
}

const configModule = ofLib('app-builder-lib/out/util/config/config') as ConfigModule;

export function readBuilderConfig(): Promise<BuilderConfig> {
  return configModule.getConfig(root, null, {});
}

/** Rejects with what electron-builder's schema has against it. */
export function validateBuilderConfig(config: object): Promise<void> {
  const { DebugLogger } = ofLib('builder-util') as { DebugLogger: new (isEnabled: boolean) => object };
  return configModule.validateConfiguration(config, new DebugLogger(false));
}

/** What a text in YAML says; electron-builder reads its own with the same. */
export function readYaml(text: string): unknown {
  return (ofLib('js-yaml') as { load(text: string): unknown }).load(text);
}

interface AsarModule {
  listPackage(archive: string, options: object): string[];
  extractAll(archive: string, folder: string): void;
}

const asar = ofLib('@electron/asar') as AsarModule;

/** The files of an archive, `/` between the parts of their paths. */
export function filesOfArchive(archive: string): readonly string[] {
  return asar.listPackage(archive, {}).map((file) => file.replaceAll('\\', '/').replace(/^\//, ''));
}

export function extractArchive(archive: string, folder: string): void {
  asar.extractAll(archive, folder);
}

/** A folder like an unpacked Electron for Linux, whose program is nothing but the place of its fuses: all unset (1). */
export function standInElectron(folder: string, version: string): void {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  // @electron/fuses looks for this sentinel, then the format's version, the number of fuses and one character for each.
  const fuses = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
    Buffer.from([1, 9]),
    Buffer.from('111111111', 'latin1'),
  ]);
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.alloc(1024), fuses, Buffer.alloc(1024)]));
  writeFileSync(path.join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak'])
    writeFileSync(path.join(folder, name), '');
}

/** Packages for Linux with that Electron; answers the folder of the app. @throws Error with what electron-builder said */
export function packageWith(electronDir: string, output: string): string {
  const cli = path.join(path.dirname(ofBuilder.resolve('electron-builder/package.json')), 'cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      cli,
      '--linux',
      '--x64',
      '--dir',
      '--publish=never',
      `-c.electronDist=${electronDir}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`electron-builder: ${stdout}${stderr}`);
  return path.join(output, 'linux-unpacked');
}
