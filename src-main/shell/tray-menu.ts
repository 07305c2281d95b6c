// The tray's menu as data, for a state and a few facts. Pure; must not know Electron.

import { addressText } from '../../src-shared/address-text.ts';
import { assertNever } from '../../src-shared/assert-never.ts';
import type { ShownPlace } from '../../src-shared/ipc.ts';
import { addressOf, isUp, scriptsOf } from '../../src-shared/service-state.ts';
import type { ServiceState } from '../../src-shared/service-state.ts';
import { shapeOf, titleOf } from '../../src-shared/state-words.ts';
import type { UpdateState } from './updates.ts';

/** The facts from which the menu is made. */
export interface TrayFacts {
  readonly state: ServiceState;
  /** Such as `3.14.2`; null until Python was ready for the first time. */
  readonly python: string | null;
  readonly functions: number;
  /** Since the program started, or since they were cleared. */
  readonly requests: number;
  /** The newest first. */
  readonly errors: readonly TrayError[];
  readonly openAtLogin: boolean;
  readonly update: UpdateState;
}

/** A failed request; `id` is its number. */
export interface TrayError {
  readonly label: string;
  readonly id: number;
}

/** The command of a click. */
export type TrayCommand =
  | { readonly kind: 'open' }
  | ({ readonly kind: 'show' } & ShownPlace)
  | { readonly kind: 'copy-address'; readonly text: string }
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'stop-now' }
  | { readonly kind: 'use-port'; readonly port: number }
  | { readonly kind: 'restart-python' }
  | { readonly kind: 'stop-scripts' }
  /** The opposite of the value when the menu was drawn: a menu that is still open may be outdated. */
  | { readonly kind: 'toggle-open-at-login' }
  | { readonly kind: 'fetch-update' }
  | { readonly kind: 'install-update' }
  | { readonly kind: 'quit' };

export type TrayEntry =
  | { readonly kind: 'line' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'command'; readonly label: string; readonly command: TrayCommand }
  | { readonly kind: 'check'; readonly label: string; readonly isOn: boolean; readonly command: TrayCommand }
  | { readonly kind: 'menu'; readonly label: string; readonly entries: readonly TrayEntry[] };

const LINE: TrayEntry = { kind: 'line' };

export function menuFor(facts: TrayFacts): readonly TrayEntry[] {
  const { state } = facts;
  const address = addressOf(state);
  return [
    { kind: 'text', label: `${symbolOf(state)} ${titleOf(state)}` },
    { kind: 'text', label: countsOf(facts) },
    LINE,
    { kind: 'command', label: 'Open TabPy Tray', command: { kind: 'open' } },
    ...(address ? [command('Copy address', { kind: 'copy-address', text: addressText(address) })] : []),
    LINE,
    ...serverCommands(state),
    LINE,
    errorMenu(facts.errors),
    command('Connect Tableau…', { kind: 'show', screen: 'connect', detail: null }),
    {
      kind: 'check',
      label: 'Start at login',
      isOn: facts.openAtLogin,
      command: { kind: 'toggle-open-at-login' },
    },
    command('Settings…', { kind: 'show', screen: 'settings', detail: null }),
    ...updateEntries(facts.update),
    LINE,
    command('Quit', { kind: 'quit' }),
  ];
}

/** The tray's tooltip. */
export function tooltipFor(state: ServiceState): string {
  return `TabPy Tray: ${titleOf(state)}`;
}

function serverCommands(state: ServiceState): readonly TrayEntry[] {
  switch (state.kind) {
    case 'port-conflict':
    case 'port-reserved':
      return [
        ...(state.freePort === null
          ? []
          : [command(`Use port ${state.freePort}`, { kind: 'use-port', port: state.freePort })]),
        command('Try again', { kind: 'start' }),
      ];
    case 'listen-failed':
      return [command('Try again', { kind: 'start' })];
    case 'stopping':
      return [command('Stop now', { kind: 'stop-now' })];
    case 'stopped':
      return [command('Start server', { kind: 'start' })];
    case 'starting':
    case 'running':
    case 'busy':
    case 'degraded':
    case 'python-failed':
      return [
        command('Stop server', { kind: 'stop' }),
        ...(isUp(state) ? [command('Restart Python', { kind: 'restart-python' })] : []),
        ...stopScripts(scriptsOf(state)),
      ];
    default:
      return assertNever(state);
  }
}

function stopScripts(count: number): readonly TrayEntry[] {
  if (count === 0) return [];
  return [command(count === 1 ? 'Stop running script' : 'Stop all scripts', { kind: 'stop-scripts' })];
}

/** Only what there is to do; that there is no newer version is not shown. */
function updateEntries(update: UpdateState): readonly TrayEntry[] {
  switch (update.kind) {
    case 'available':
      return [command(`Get version ${update.version}`, { kind: 'fetch-update' })];
    case 'fetching':
      return [{ kind: 'text', label: `Getting version ${update.version}… ${Math.floor(update.fraction * 100)} %` }];
    case 'ready':
      return [command(`Restart with version ${update.version}`, { kind: 'install-update' })];
    case 'off':
    case 'waiting':
    case 'looking':
    case 'current':
    case 'failed':
      return [];
  }
}

function symbolOf(state: ServiceState): string {
  if (state.kind === 'degraded') return '◐';
  switch (shapeOf(state)) {
    case 'outline':
      return '○';
    case 'outline-dot':
      return '◌';
    case 'solid':
    case 'solid-dot':
      return '●';
    case 'alert':
      return '▲';
  }
}

function countsOf({ python, functions, requests }: TrayFacts): string {
  const release = python?.split('.').slice(0, 2).join('.');
  return [
    ...(release === undefined ? [] : [`Python ${release}`]),
    counted(functions, 'function'),
    counted(requests, 'request'),
  ].join(' · ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function errorMenu(errors: readonly TrayError[]): TrayEntry {
  const entries: readonly TrayEntry[] =
    errors.length === 0
      ? [{ kind: 'text', label: 'None' }]
      : errors.map(({ label, id }) => command(label, { kind: 'show', screen: 'requests', detail: String(id) }));
  return { kind: 'menu', label: 'Recent errors', entries };
}

function command(label: string, what: TrayCommand): TrayEntry {
  return { kind: 'command', label, command: what };
}
