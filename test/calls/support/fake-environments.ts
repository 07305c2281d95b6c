// A set of environments that does what a test says, with its calls in front of it. Must not know Pythons.

import type { Environment, EnvironmentsState } from '../../../src-shared/environment.ts';
import { createEnvironmentCalls } from '../../../src-main/calls/environment-calls.ts';
import type {
  EnvironmentSet,
  EnvironmentsForPage,
  StandardEnvironment,
} from '../../../src-main/calls/environment-calls.ts';

export const ENVIRONMENT: Environment = {
  name: 'lab',
  kind: 'existing',
  python: '/home/ana/lab/.venv/bin/python',
  version: '3.12.4',
  prefix: '/home/ana/lab/.venv',
  basePrefix: '/usr',
  packages: [{ name: 'pandas', version: '3.0.2' }],
  fault: null,
};

export interface FakeEnvironments {
  readonly forPage: EnvironmentsForPage;
  readonly told: readonly EnvironmentsState[];
  readonly chosen: readonly string[];
  readonly logged: readonly string[];
}

/** One environment, and every work ends at once with it, unless `set` says otherwise. */
export function fakeEnvironments(
  set: Partial<EnvironmentSet> = {},
  standard: StandardEnvironment['read'] = () => 'builtin',
): FakeEnvironments {
  const told: EnvironmentsState[] = [];
  const [chosen, logged]: [string[], string[]] = [[], []];
  const forPage = createEnvironmentCalls({
    environments: {
      list: () => [ENVIRONMENT],
      found: () => Promise.resolve([]),
      add: () => Promise.resolve(ENVIRONMENT),
      look: () => Promise.resolve({ environment: ENVIRONMENT, changes: [] }),
      create: () => Promise.resolve(ENVIRONMENT),
      change: () => Promise.resolve(ENVIRONMENT),
      remove: () => Promise.resolve(),
      ...set,
    },
    standard: {
      read: standard,
      choose: (name) => {
        chosen.push(name);
        return Promise.resolve();
      },
    },
    onChange: (state) => void told.push(state),
    log: { info: (text) => void logged.push(text), warn: (text) => void logged.push(text) },
  });
  return { forPage, told, chosen, logged };
}
