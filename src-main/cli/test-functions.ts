// `tabpy-tray functions test`: runs the saved examples of functions and says what differs. Must not change any function.

import { outcomeOfExample } from '../../src-shared/example-outcome.ts';
import type { ExampleOutcome } from '../../src-shared/example-outcome.ts';
import type { FunctionExample } from '../../src-shared/function-examples.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Said } from './data-folder-command.ts';
import type { GivenOptions } from './given-options.ts';

interface Tested {
  readonly name: string;
  readonly examples: readonly { readonly name: string; readonly outcome: ExampleOutcome }[];
}

/** Exit code 1: an example failed, or there was none to run. */
export async function test(calls: Calls, names: readonly string[], options: GivenOptions): Promise<Said> {
  const isAll = options.has('all');
  if (isAll === names.length > 0)
    throw new Refusal('bad-use', 'Name the functions to test, or use --all: functions test NAME.');
  const chosen = isAll ? (await calls.snapshot()).functions.map(({ name }) => name) : names;
  const found = new Map<string, readonly FunctionExample[]>();
  // All are known before the first runs.
  for (const name of new Set(chosen)) {
    const detail = await calls.functionDetail(name);
    if (detail === null) throw new Refusal('refused', `There is no function '${name}'.`);
    found.set(name, detail.tests.examples);
  }
  const tested: Tested[] = [];
  for (const [name, examples] of found) {
    if (!isAll || examples.length > 0) tested.push({ name, examples: await outcomesOf(calls, name, examples) });
  }
  return { text: options.has('json') ? asJson(tested) : report(tested), code: isFine(tested) ? 0 : 1 };
}

async function outcomesOf(
  calls: Calls,
  name: string,
  examples: readonly FunctionExample[],
): Promise<Tested['examples']> {
  const outcomes: { readonly name: string; readonly outcome: ExampleOutcome }[] = [];
  for (const example of examples)
    outcomes.push({
      name: example.name,
      outcome: outcomeOfExample(example, await calls.tryDeployed(name, example.data, '')),
    });
  return outcomes;
}

/** Every function that was named has examples, and each passed. */
function isFine(tested: readonly Tested[]): boolean {
  const isEach = ({ examples }: Tested): boolean =>
    examples.length > 0 && examples.every(({ outcome }) => outcome.kind === 'passed');
  return tested.length > 0 && tested.every(isEach);
}

function report(tested: readonly Tested[]): string {
  if (tested.length === 0) return 'No function has a saved example. Save examples in the window, under Functions.\n';
  const all = tested.flatMap(({ examples }) => examples);
  const failed = all.filter(({ outcome }) => outcome.kind === 'failed').length;
  const lines = tested.flatMap(linesOf);
  return `${lines.join('\n')}\n\n${all.length - failed} passed, ${failed} failed.\n`;
}

function linesOf({ name, examples }: Tested): readonly string[] {
  if (examples.length === 0) return [name, '  no saved example'];
  const width = Math.max(...examples.map((one) => one.name.length));
  return [
    name,
    ...examples.flatMap((one) => {
      const mark = one.outcome.kind === 'passed' ? 'ok  ' : 'FAIL';
      const why = one.outcome.kind === 'failed' ? one.outcome.lines : [];
      return [
        `  ${mark}  ${one.name.padEnd(width)}  ${Math.max(1, Math.round(one.outcome.elapsedMs))} ms`,
        ...why.map((line) => `        ${onOneLine(line)}`),
      ];
    }),
  ];
}

function asJson(tested: readonly Tested[]): string {
  return `${JSON.stringify(tested, null, 2)}\n`;
}

/** Text that other people typed must not control the terminal. */
function onOneLine(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}
