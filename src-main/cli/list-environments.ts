// `environments list`: the environments, and the Pythons that could be added. Must not know where they are kept.

import type { Environment, FoundPython } from '../../src-shared/environment.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { GivenOptions } from './given-options.ts';

export async function list(calls: Calls, _words: readonly string[], options: GivenOptions): Promise<string> {
  const found = options.has('found') ? await calls.findPythons() : [];
  const { environments, standard } = (await calls.snapshot()).environments;
  if (options.has('json')) {
    const all = { default: standard, environments, ...(options.has('found') ? { found } : {}) };
    return `${JSON.stringify(all, null, 2)}\n`;
  }
  const lines = environments.map((one) => lineOf(one, one.name === standard));
  const text =
    lines.length > 0 ? lines.join('\n') : 'No environments were added. Scripts run with the Python of TabPy Tray.';
  return `${text}\n${options.has('found') ? foundText(found) : ''}`;
}

export function lineOf({ name, kind, version, packages, python, fault }: Environment, isDefault: boolean): string {
  const count = packages.length === 1 ? '1 package' : `${packages.length} packages`;
  const line = `${name}  Python ${version}, ${kind}, ${count}${isDefault ? ', default' : ''}  ${python}`;
  return fault === null ? line : `${line}\n  ${fault}`;
}

function foundText(found: readonly FoundPython[]): string {
  if (found.length === 0) return 'No other Pythons were found on this computer.\n';
  const lines = found.map(
    ({ kind, python, version }) => `  ${python}  ${kind}${version === null ? '' : `, Python ${version}`}`,
  );
  return `Pythons that can be added:\n${lines.join('\n')}\n`;
}
