// Keyboard shortcuts that work on every screen. Must not know what a screen does with its search.

import { useEffect } from 'react';
import { SCREENS } from '../../../src-shared/ipc.ts';
import { addressOf, scriptsOf } from '../../../src-shared/service-state.ts';
import { addressText } from '../../../src-shared/address-text.ts';
import { goTo } from '../../store/route.ts';
import { copyWith } from '../../store/use-copy.ts';
import { useProgram } from '../../store/use-page.ts';
import type { Program } from '../../store/use-page.ts';

const NUMBERED = SCREENS.slice(0, 6);

export function useShortcuts(): void {
  const program = useProgram();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (pressed(event, program)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [program]);
}

/** Does what a shortcut is for; returns whether the keys are a shortcut. */
function pressed(event: KeyboardEvent, program: Program): boolean {
  const { calls, store } = program;
  const page = store.read().page;
  const screen = NUMBERED[Number(event.key) - 1];
  if (screen !== undefined && !event.shiftKey) {
    goTo(screen);
    return true;
  }
  if (event.key.toLowerCase() === 'c' && event.shiftKey) {
    const address = page === null ? null : addressOf(page.service);
    if (address === null) return false;
    void copyWith(program, addressText(address));
    return true;
  }
  if (event.key === '.' && page !== null && scriptsOf(page.service) > 0) {
    void store.attempt(calls.stopScripts());
    return true;
  }
  if (event.key.toLowerCase() === 'f' && !event.shiftKey) {
    const search = document.querySelector<HTMLInputElement>('[data-search]');
    search?.focus();
    search?.select();
    return search !== null;
  }
  return false;
}
