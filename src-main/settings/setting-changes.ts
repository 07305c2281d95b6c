// Changes settings while the program runs: every part that uses them prepares for the change, then all apply it or
// none. No part sees a refused value. Must not know what the settings do.

import { SETTING_NAMES } from '../../src-shared/settings.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { SerialQueue } from '../../src-shared/serial-queue.ts';
import type { LiveSettings } from './settings.ts';

/** What a part prepared for changed settings. */
export interface PreparedChange {
  /** Applies the new values; the settings have them already. Must not fail. */
  commit(): void | Promise<void>;
  /** Drops what was prepared. */
  undo(): void | Promise<void>;
}

/** A part of the program that uses settings. */
export interface SettingsUser {
  /** Prepares for the new values without any visible effect. @throws Refusal when they cannot be used */
  prepare(after: Settings, before: Settings): PreparedChange | Promise<PreparedChange>;
}

export const NO_CHANGE: PreparedChange = { commit: () => undefined, undo: () => undefined };

/**
 * @param users the parts, in the order in which they prepare
 * @returns a function that changes settings. It rejects with a Refusal, after which everything is unchanged; except
 * that a change that only could not be written to the file applies until the program ends
 */
export function createSettingChanges(
  settings: LiveSettings,
  users: readonly SettingsUser[],
  log: { error(text: string): void },
): (changes: Partial<Settings>) => Promise<Settings> {
  const queue = new SerialQueue();
  return (changes) => queue.run(() => change(settings, users, changes, log));
}

async function change(
  settings: LiveSettings,
  users: readonly SettingsUser[],
  changes: Partial<Settings>,
  log: { error(text: string): void },
): Promise<Settings> {
  const before = settings.read();
  const after = { ...before, ...changes };
  if (!SETTING_NAMES.some((name) => after[name] !== before[name])) return before;
  const prepared: PreparedChange[] = [];
  let now: Settings;
  try {
    for (const user of users) prepared.push(await user.prepare(after, before));
    now = settings.change(changes);
  } catch (error) {
    for (const one of prepared.toReversed()) await one.undo();
    throw error;
  }
  for (const one of prepared) await one.commit();
  try {
    settings.keep(changes);
  } catch (error) {
    log.error(`the settings could not be written: ${(error as Error).message}`);
    throw new Refusal(
      'not-stored',
      `The change applies until the program ends, because it could not be written to the settings file: ${(error as Error).message}.`,
      { cause: error },
    );
  }
  return now;
}
