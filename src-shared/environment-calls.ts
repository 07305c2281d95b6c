// The calls about environments, and what their arguments must be.

import * as v from 'valibot';
import { call, name, nothing } from './call.ts';
import { MOST_CONTENTS_CHARACTERS } from './environment.ts';
import type { Environment, EnvironmentLook, FoundPython, NewEnvironment } from './environment.ts';
import { MOST_SPEC_CHARACTERS } from './package.ts';

const path = v.pipe(v.string(), v.maxLength(4_096));
const wishes = v.pipe(
  v.array(v.unknown()),
  v.maxLength(100),
  v.array(v.pipe(v.string(), v.maxLength(MOST_SPEC_CHARACTERS))),
);
const newEnvironment = v.strictObject({
  name,
  python: v.nullable(path),
  contents: v.strictObject({
    kind: v.picklist(['packages', 'requirements', 'uv.lock', 'pylock.toml']),
    text: v.pipe(v.string(), v.maxLength(MOST_CONTENTS_CHARACTERS)),
  }),
}) satisfies v.GenericSchema<NewEnvironment>;

export const ENVIRONMENT_CALLS = {
  /** The Pythons of the computer that are not in the list of environments. Runs none. */
  findPythons: call<readonly FoundPython[]>()(nothing),
  /** Adds an existing environment: the path of its Python or its folder, and its name; null: one that fits. */
  addEnvironment: call<Environment>()(v.strictTuple([path, v.nullable(name)])),
  /** Looks into an environment again: its version and packages. */
  lookIntoEnvironment: call<EnvironmentLook>()(v.strictTuple([name])),
  /** Makes a managed environment. Returns when it is ready, or fails with nothing changed. */
  createEnvironment: call<Environment>()(v.strictTuple([newEnvironment])),
  /** Adds packages to a managed environment and removes others. Returns when it is ready, or fails with nothing changed. */
  changeEnvironment: call<Environment>()(v.strictTuple([name, wishes, wishes])),
  /** Removes an environment from the list; the files of a managed one, too. */
  removeEnvironment: call<null>()(v.strictTuple([name])),
  /** Chooses what runs scripts where nothing else is said: an environment by its name, or `builtin`. */
  chooseEnvironment: call<null>()(v.strictTuple([name])),
  /** Stops the present work on environments; its call fails. */
  cancelEnvironmentWork: call<null>()(nothing),
} as const;
