// `app`: starts, quits, and what it knows of its processes and its command line. Must not know tray or menu.

import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { onAllClosed, StandInWindow } from './browser-window.ts';
import { closeSchemes } from './origins.ts';
import { onSession } from './session.ts';
import { takeLock } from './single-instance.ts';
import { onContents } from './web-contents.ts';

type Handled =
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'enableSandbox'
  | 'getAppMetrics'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
  | 'disableHardwareAcceleration';

const PAGE_KILOBYTES = 4;

export class StandInApp extends EventEmitter implements Pick<Electron.App, Handled> {
  readonly isPackaged = false;
  name = 'TabPy Tray';
  #isBeginning = false;
  /** What the program asked the system for last. */
  loginItem: Electron.Settings = {};
  #hasLock = false;
  #isReady = false;
  #isQuitting = false;
  readonly #ready = Promise.withResolvers<void>();
  readonly #paths = new Map<string, string>();
  readonly #switches = new Map<string, string>();
  readonly commandLine: Electron.CommandLine = {
    appendSwitch: (name: string, value = '') => void this.#switches.set(name, value),
    appendArgument: () => undefined,
    hasSwitch: (name: string) => this.#switches.has(name) || process.argv.includes(`--${name}`),
    getSwitchValue: (name: string) => this.#switches.get(name) ?? '',
    removeSwitch: (name: string) => void this.#switches.delete(name),
  } as Partial<Electron.CommandLine> as Electron.CommandLine;

  constructor() {
    super();
    this.on('newListener', (name) => {
      if (name === 'ready') this.#begin();
    });
    onSession((made) => this.emit('session-created', made));
    onContents((made) => this.emit('web-contents-created', {}, made));
    onAllClosed(() => {
      if (this.#isQuitting) return;
      // As Electron: whoever listens decides, and who does not is quit.
      if (!this.emit('window-all-closed')) this.quit();
    });
  }

  whenReady(): Promise<void> {
    this.#begin();
    return this.#ready.promise;
  }
  /** Electron is ready once the program's modules were evaluated; here, once somebody waits for it. */
  #begin(): void {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    setImmediate(() => {
      this.#isReady = true;
      closeSchemes();
      this.emit('will-finish-launching');
      this.emit('ready', {}, {});
      this.#ready.resolve();
    });
  }
  isReady(): boolean {
    return this.#isReady;
  }
  quit(): void {
    const isStopped = (name: string): boolean => {
      let isPrevented = false;
      this.emit(name, { preventDefault: () => (isPrevented = true) });
      return isPrevented;
    };
    if (isStopped('before-quit')) return;
    this.#isQuitting = true;
    for (const window of StandInWindow.getAllWindows()) {
      window.close();
      // A window that refused to close ends the quitting.
      if (!window.isDestroyed()) return void (this.#isQuitting = false);
    }
    if (isStopped('will-quit')) return void (this.#isQuitting = false);
    this.exit(0);
  }
  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }
  enableSandbox(): void {
    // Every page here is sandboxed.
  }
  disableHardwareAcceleration(): void {}
  getAppMetrics(): Electron.ProcessMetric[] {
    return StandInWindow.getAllWindows().flatMap(({ webContents }) => {
      const pid = webContents.getOSProcessId();
      const workingSetSize = residentKilobytes(pid);
      return workingSetSize === 0
        ? []
        : [{ pid, type: 'Tab', memory: { workingSetSize, peakWorkingSetSize: 0 }, cpu: NO_CPU, creationTime: 0 }];
    });
  }
  getPath(name: string): string {
    const fallback =
      name === 'temp' ? tmpdir() : name === 'home' ? homedir() : path.join(homedir(), `.stand-in-${name}`);
    return this.#paths.get(name) ?? process.env[`TABPY_TRAY_STAND_IN_${name.toUpperCase()}`] ?? fallback;
  }
  setPath(name: string, folder: string): void {
    this.#paths.set(name, folder);
  }
  getAppPath(): string {
    return process.cwd();
  }
  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    return '0.0.0';
  }
  setAppUserModelId(): void {}
  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    this.#hasLock ||= takeLock(this.getPath('userData'), additionalData, (start) => {
      this.emit('second-instance', {}, start.argv, start.workingDirectory, start.additionalData);
    });
    return this.#hasLock;
  }
  hasSingleInstanceLock(): boolean {
    return this.#hasLock;
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    this.loginItem = settings;
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    const { openAtLogin = false } = this.loginItem;
    return { openAtLogin, wasOpenedAtLogin: false } as Electron.LoginItemSettings;
  }
  releaseSingleInstanceLock(): void {}
}

const NO_CPU: Electron.CPUUsage = { percentCPUUsage: 0, idleWakeupsPerSecond: 0 };

/** Linux; 0 elsewhere and for a process that is gone. */
function residentKilobytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_KILOBYTES;
  } catch {
    return 0;
  }
}

export const app = new StandInApp();
