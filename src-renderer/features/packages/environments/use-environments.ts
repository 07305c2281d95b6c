// Environments for views: find, add, make, look into, change, choose, remove, cancel. Must not know what views show.

import { useState } from 'react';
import type { EnvironmentContents, EnvironmentLook, FoundPython } from '../../../../src-shared/environment.ts';
import { useOwnFailure } from '../../../store/use-own-failure.ts';
import { useProgram } from '../../../store/use-page.ts';
import { ENVIRONMENT_WORDS as words } from './words.ts';

export interface EnvironmentActions {
  /** Pythons that can be added; null: nobody asked yet. */
  readonly found: readonly FoundPython[] | null;
  readonly isFinding: boolean;
  /** The last look, until another one. */
  readonly look: EnvironmentLook | null;
  /** Why the last call failed; null when it did not. */
  readonly failure: string | null;
  readonly find: () => void;
  /** Each resolves with whether it worked. */
  readonly add: (path: string) => Promise<boolean>;
  readonly make: (name: string, contents: EnvironmentContents) => Promise<boolean>;
  readonly change: (name: string, add: readonly string[], remove: readonly string[]) => Promise<boolean>;
  readonly lookInto: (name: string) => void;
  readonly choose: (name: string) => void;
  readonly remove: (name: string) => void;
  readonly cancel: () => void;
  readonly forget: () => void;
}

export function useEnvironments(): EnvironmentActions {
  const { calls, store } = useProgram();
  const [found, setFound] = useState<readonly FoundPython[] | null>(null);
  const [isFinding, setFinding] = useState(false);
  const [look, setLook] = useState<EnvironmentLook | null>(null);
  const { failure, attempt, forget } = useOwnFailure();
  const done = async (call: Promise<unknown>, announcement: string): Promise<boolean> => {
    setLook(null);
    const isDone = await attempt(call);
    if (isDone) store.announce(announcement);
    return isDone;
  };
  const find = async (): Promise<void> => {
    setFinding(true);
    await attempt(calls.findPythons().then(setFound));
    setFinding(false);
  };
  return {
    found,
    isFinding,
    look,
    failure,
    find: () => void find(),
    async add(path) {
      const adding = calls.addEnvironment(path, null).then(({ name }) => store.announce(words.added(name)));
      const isDone = await attempt(adding);
      if (isDone && found !== null) await find();
      return isDone;
    },
    make: (name, contents) => done(calls.createEnvironment({ name, python: null, contents }), words.made(name)),
    change: (name, add, remove) => done(calls.changeEnvironment(name, [...add], [...remove]), words.changed(name)),
    lookInto: (name) => void attempt(calls.lookIntoEnvironment(name).then(setLook)),
    choose: (name) => void attempt(calls.chooseEnvironment(name)),
    remove: (name) => void done(calls.removeEnvironment(name), words.removed(name)),
    cancel: () => void store.attempt(calls.cancelEnvironmentWork()),
    forget,
  };
}
