// What commands on a data folder have in common: understood first, then asked of whoever has the folder, and an exit code.
// Must not know the commands.

import type { Calls } from '../../src-shared/ipc.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';
import type { Instance } from '../instance/instance.ts';

export interface DataFolderCommandDeps {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly openInstance: (dataDir: string | undefined, isVerbose: boolean) => Promise<Instance>;
}

/** The options of every such command. */
interface CommonValues {
  readonly 'data-dir'?: string | undefined;
  readonly verbose?: boolean | undefined;
  readonly help?: boolean | undefined;
}

type Run<Values> = (calls: Calls, values: Values, say: (text: string) => void) => Promise<void>;

export interface DataFolderCommand<Values extends CommonValues> {
  /** As it is typed after `tabpy-tray`. */
  readonly name: string;
  readonly help: string;
  /** Throws the errors of `parseArgs`. */
  readonly parse: (args: readonly string[]) => { readonly values: Values; readonly positionals: readonly string[] };
  /** What is to be done; null: the help. @throws Refusal `bad-use` */
  readonly runOf: (positionals: readonly string[]) => Run<Values> | null;
}

export interface DataFolderAction<Values> {
  /** How many words it takes, at least and at most. */
  readonly words: readonly [number, number];
  /** What is missing where there are too few; `a name` unless said otherwise. */
  readonly needs?: string;
  readonly run: (calls: Calls, words: readonly string[], values: Values, say: (text: string) => void) => Promise<void>;
}

/** Runs one; answers the exit code. */
export async function runDataFolderCommand<Values extends CommonValues>(
  { name, help, parse, runOf }: DataFolderCommand<Values>,
  args: readonly string[],
  { say, complain, openInstance }: DataFolderCommandDeps,
): Promise<number> {
  let instance: Instance | null = null;
  try {
    const { values, positionals } = understood(() => parse(args));
    const run = values.help ? null : runOf(positionals);
    if (run === null) {
      say(help);
      return 0;
    }
    instance = await openInstance(values['data-dir'], values.verbose ?? false);
    await run(instance.calls, values, say);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    complain(isRefusal(error, 'bad-use') ? `${message} See tabpy-tray ${name} --help.\n` : `${message}\n`);
    return isRefusal(error, 'bad-use') ? 2 : 1;
  } finally {
    await instance?.close();
  }
}

/** For `runOf` of a command whose first word says what to do with the others. */
export function actionOf<Values>(
  command: string,
  actions: Readonly<Record<string, DataFolderAction<Values>>>,
): DataFolderCommand<Values & CommonValues>['runOf'] {
  return ([name = 'help', ...words]) => {
    if (name === 'help') return null;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw new Refusal('bad-use', `There is no command '${command} ${name}'.`);
    const [least, most] = action.words;
    if (words.length < least) throw new Refusal('bad-use', `${command} ${name} needs ${action.needs ?? 'a name'}.`);
    if (words.length > most) throw new Refusal('bad-use', `${command} ${name} does not take '${words[most]}'.`);
    return (calls, values, say) => action.run(calls, words, values, say);
  };
}

function understood<Parsed>(parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    throw new Refusal('bad-use', `${(error as Error).message.split('. ')[0]}.`);
  }
}
