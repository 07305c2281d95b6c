// The icon in the tray, as a user sees and clicks it.

import path from 'node:path';
import { nativeTheme } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTray } from '../../src-main/shell/tray.ts';
import type { TrayIcon } from '../../src-main/shell/tray.ts';
import type { TrayCommand, TrayFacts } from '../../src-main/shell/tray-menu.ts';

import { StandInTray } from '../electron/stand-in/tray.ts';

const FACTS: TrayFacts = {
  state: { kind: 'stopped' },
  python: null,
  functions: 0,
  requests: 0,
  errors: [],
  openAtLogin: false,
  update: { kind: 'off' },
};
const address = { protocol: 'http' as const, hosts: ['127.0.0.1'], port: 9004, since: 0 };

describe('the tray icon', () => {
  let commands: TrayCommand[];
  let icon: TrayIcon;
  const shown = (): StandInTray => [...StandInTray.shown][0]!;
  const item = (label: string): Electron.MenuItem => shown().menu!.items.find((one) => one.label === label)!;

  beforeEach(() => {
    vi.useFakeTimers();
    commands = [];
    icon = createTray({
      nativeTheme,
      icons: path.resolve(import.meta.dirname, '../../assets/tray'),
      facts: FACTS,
      onCommand: (command) => commands.push(command),
      platform: 'linux',
    });
  });
  afterEach(() => {
    icon.remove();
    vi.useRealTimers();
  });

  it('changes picture, words and menu with the state', () => {
    expect(shown()).toMatchObject({ image: 'stopped-light-24.png', tooltip: 'TabPy Tray: Stopped' });
    icon.draw({ ...FACTS, state: { kind: 'running', address } });
    vi.advanceTimersByTime(250);
    expect(shown()).toMatchObject({
      image: 'running-light-24.png',
      tooltip: 'TabPy Tray: Running on localhost:9004',
    });
    item('Stop server').click();
    expect(commands).toEqual([{ kind: 'stop' }]);
  });

  it('leaves an open menu alone when nothing in it changed', () => {
    const before = shown().menu;
    icon.draw({ ...FACTS });
    vi.advanceTimersByTime(1000);
    expect(shown().menu).toBe(before);
  });

  it('takes a mark back that a click made, when nothing came of it', () => {
    vi.advanceTimersByTime(1000);
    item('Start at login').click();
    expect(commands).toEqual([{ kind: 'toggle-open-at-login' }]);
    vi.advanceTimersByTime(250);
    expect(item('Start at login').checked).toBe(false);
  });

  it('opens the window when it is clicked', () => {
    shown().emit('click');
    expect(commands).toEqual([{ kind: 'open' }]);
  });

  it('shows what came from the network letter by letter', () => {
    icon.draw({ ...FACTS, errors: [{ label: 'POST /evaluate 500 &Quit', id: 1 }] });
    vi.advanceTimersByTime(250);
    expect(item('Recent errors').submenu?.items[0]?.label).toBe('POST /evaluate 500 &&Quit');
  });

  it('is gone from the tray when it is removed', () => {
    icon.remove();
    expect(StandInTray.shown.size).toBe(0);
  });
});
