// What electron-builder is told: in its own words, and as the product promises.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBuilderConfig, root, validateBuilderConfig } from './support/builder.ts';
import type { BuilderConfig, Target } from './support/builder.ts';

describe('electron-builder.yml', () => {
  let config: BuilderConfig;
  beforeAll(async () => {
    config = await readBuilderConfig();
  });

  it("fits electron-builder's schema", async () => {
    await expect(validateBuilderConfig(config)).resolves.toBeUndefined();
    await expect(validateBuilderConfig({ ...config, electronFuse: {} })).rejects.toThrow('electronFuse');
  });

  it('sets the fuses: no Node in the program, nothing but the archive loaded, and that one unchanged', () => {
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.asar).toBe(true);
  });

  it('makes every kind of installer for both kinds of processor', () => {
    const kindsOf = (targets: readonly Target[]): string[] => targets.map(({ target }) => target);
    expect(kindsOf(config.win.target)).toEqual(['nsis']);
    expect(kindsOf(config.mac.target)).toEqual(['dmg', 'zip']);
    expect(kindsOf(config.linux.target)).toEqual(['AppImage', 'deb']);
    for (const { arch } of [...config.win.target, ...config.mac.target, ...config.linux.target])
      expect(arch).toEqual(['x64', 'arm64']);
  });

  it('asks for no administrator on Windows', () => {
    expect(config.nsis.perMachine).toBe(false);
  });

  it('lives in the menu bar of macOS, hardened, and may compile and nothing else', () => {
    expect(config.mac).toMatchObject({ hardenedRuntime: true, extendInfo: { LSUIElement: true } });
    for (const file of [config.mac.entitlements, config.mac.entitlementsInherit]) {
      const keys = [...readFileSync(path.join(root, file), 'utf8').matchAll(/<key>([^<]*)<\/key>\s*<true\/>/g)];
      expect(keys.map((key) => key[1])).toEqual(['com.apple.security.cs.allow-jit']);
    }
  });

  it('names only icons that are there', () => {
    for (const { icon } of [config.win, config.mac, config.linux])
      expect(existsSync(path.join(root, config.directories.buildResources, icon))).toBe(true);
  });

  it('has the name by which Windows tells programs apart, and main.ts the same', () => {
    expect(readFileSync(path.join(root, 'src-main/entries/app.ts'), 'utf8')).toContain(
      `app.setAppUserModelId('${config.appId}')`,
    );
  });

  it('names no place for updates by itself', () => {
    expect(config.publish).toBeNull();
  });
});
