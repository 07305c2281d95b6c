// The output of `tabpy-tray functions`: list, show, versions. Must not change any function.

import type { FunctionVersion } from '../../src-shared/function-detail.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { GivenOptions } from './given-options.ts';

export async function list(calls: Calls, _words: readonly string[], options: GivenOptions): Promise<string> {
  const { functions } = await calls.snapshot();
  if (options.has('json')) return asJson(functions);
  if (functions.length === 0) return 'No function is deployed.\n';
  return table(
    functions.map((one) => [
      one.name,
      one.target === null ? `version ${one.version}` : `alias of ${one.target}`,
      one.status === 'LoadSuccessful' ? 'loaded' : (one.lastError ?? one.status),
      one.description,
    ]),
  );
}

export async function show(calls: Calls, [name = '']: readonly string[], options: GivenOptions): Promise<string> {
  const detail = await calls.functionDetail(name);
  if (!detail) throw unknown(name);
  if (options.has('json')) return asJson(detail);
  const { endpoint, parameters, source, versions: all } = detail;
  const lines = [`${name}, version ${endpoint.version}`];
  if (endpoint.description) lines.push(endpoint.description);
  if (endpoint.lastError !== null) lines.push(`It does not load: ${endpoint.lastError}`);
  lines.push(...(all.find((one) => one.version === endpoint.version)?.notes.map(onOneLine) ?? []));
  if (parameters !== null && parameters.length > 0)
    lines.push(
      '',
      table(
        parameters.map((one) => [`  ${one.name}`, one.type, one.isRequired ? 'required' : 'optional', one.about]),
      ).trimEnd(),
    );
  lines.push('', source?.trimEnd() ?? 'Its source is not known: it was deployed as a pickle.');
  return `${lines.join('\n')}\n`;
}

export async function versions(calls: Calls, [name = '']: readonly string[], options: GivenOptions): Promise<string> {
  const detail = await calls.functionDetail(name);
  if (!detail) throw unknown(name);
  if (options.has('json')) return asJson(detail.versions);
  return table(detail.versions.map((one) => versionRow(one, detail.endpoint.version)));
}

function versionRow(one: FunctionVersion, current: number): readonly string[] {
  const when = new Date(one.deployedAt * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return [
    `${one.version}${one.version === current ? ' (served)' : ''}`,
    `${when} UTC`,
    one.deployedBy ?? '',
    one.python === null ? '' : `Python ${one.python}`,
    one.hasSource ? 'with source' : 'pickle only',
  ];
}

function unknown(name: string): Refusal {
  return new Refusal('refused', `There is no function '${name}'.`);
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Text that other people typed must not control the terminal. */
function onOneLine(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}

/** Columns as wide as their widest entry. */
function table(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map(onOneLine));
  const widths = safe[0]?.map((_, column) => Math.max(...safe.map((row) => row[column]?.length ?? 0))) ?? [];
  return safe
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
