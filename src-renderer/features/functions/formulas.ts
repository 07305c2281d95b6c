// Text of the formulas and commands that call a deployed function. Pure; must not know how they are shown.

import type { Json } from '../../../src-shared/function.ts';
import { aggregated } from '../../store/tableau-types.ts';
import type { ResultType } from '../../store/tableau-types.ts';

/** A parameter of a function, with values as it takes them; empty when its type is not known. */
export interface FormulaParameter {
  readonly name: string;
  readonly values: readonly Json[];
}

/** `SCRIPT_REAL("return tabpy.query('add', _arg1, _arg2)['response']", SUM([x]), SUM([y]))`. */
export function scriptFormula(name: string, parameters: readonly FormulaParameter[], result: ResultType): string {
  const names = parameters.map((_, index) => `_arg${index + 1}`);
  const call = ['tabpy.query(', [`'${name}'`, ...names].join(', '), ")['response']"].join('');
  return `SCRIPT_${result}(${[`"return ${call}"`, ...parameters.map(fieldOf)].join(', ')})`;
}

/** `MODEL_EXTENSION_REAL("add", "x", "y", SUM([x]), SUM([y]))`: the names first, then their values. */
export function modelFormula(name: string, parameters: readonly FormulaParameter[], result: ResultType): string {
  const parts = [`"${name}"`, ...parameters.map((parameter) => `"${parameter.name}"`), ...parameters.map(fieldOf)];
  return `MODEL_EXTENSION_${result}(${parts.join(', ')})`;
}

/** A request to /query with curl. The shell of Windows has double quotes only. */
export function curlCommand(address: string, name: string, parameters: readonly string[], platform: string): string {
  const data = JSON.stringify({ data: Object.fromEntries(parameters.map((parameter) => [parameter, [1, 2]])) });
  const quoted = platform === 'win32' ? `"${data.replaceAll('"', '\\"')}"` : `'${data.replaceAll("'", `'\\''`)}'`;
  return `curl -H "Content-Type: application/json" -d ${quoted} ${address}/query/${encodeURIComponent(name)}`;
}

/** Python code that deploys a function to this server. */
export function deployExample(address: string): string {
  return [
    'from tabpy.tabpy_tools.client import Client',
    '',
    'def add(x, y):',
    '    "Adds two lists"',
    '    return [a + b for a, b in zip(x, y)]',
    '',
    `client = Client('${address}/', remote_server=True)`,
    "client.deploy('add', add, 'Adds two lists', override=True)",
  ].join('\n');
}

/** Text and true/false cannot be added up. */
function fieldOf({ name, values }: FormulaParameter): string {
  return aggregated(name, values);
}
