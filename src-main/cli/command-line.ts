// The command line, built on commander: commands with their options and help. An error becomes a sentence and an exit
// code. Must not know the commands.

import { Command, CommanderError } from 'commander';
import type { Option } from 'commander';
import { isRefusal } from '../../src-shared/refusal.ts';
import { GivenOptions } from './given-options.ts';
import { helpLayout, pathOf } from './help-layout.ts';

export interface Terminal {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Thrown when a command is not understood. */
export interface Misuse {
  /** The exit code. */
  readonly code: 1 | 2;
  /** The command whose help is named; empty: the program's help. */
  readonly help: string;
  /** The message for too many words; by default it names the first superfluous word. */
  readonly tooMany?: (words: readonly string[]) => string;
}

/** @returns the exit code; 0 when nothing is returned */
export type Run = (words: readonly string[], options: GivenOptions) => Promise<number | void>;

export interface CommandShape {
  /** The name and its arguments, such as `deploy <FILE>`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** For the command's own help; by default the summary. */
  readonly description?: string;
  /** Text below the options in the command's own help. */
  readonly epilogue?: string;
  readonly options?: readonly Option[];
  readonly misuse: Misuse;
  readonly run: Run;
}

/** A command with actions, such as `functions list`. Each action takes the group's options. */
export interface GroupShape extends Omit<CommandShape, 'run'> {
  readonly actions: readonly Omit<CommandShape, 'misuse'>[];
}

const HELP_COMMAND = 'help [command]';
const HELP_SUMMARY = 'show the help of a command';

/** One run of the program. */
export class CommandLine {
  readonly #terminal: Terminal;
  readonly #program: Command;
  readonly #version: string;
  #exitCode = 0;

  /** @param root the default command */
  constructor(root: CommandShape, version: string, terminal: Terminal) {
    this.#terminal = terminal;
    this.#version = version;
    this.#program = new Command(root.usage)
      .configureHelp(helpLayout())
      // `run` prints errors once.
      .configureOutput({ writeOut: terminal.say, writeErr: terminal.complain, outputError: () => undefined })
      .showSuggestionAfterError(false)
      // Commands have short options of their own, such as -p of `user`.
      .enablePositionalOptions()
      .helpOption('-h, --help', 'show this help')
      .helpCommand(HELP_COMMAND, HELP_SUMMARY)
      .version(version, '--version', 'show the version');
    this.#shape(this.#program, root);
  }

  add(shape: CommandShape): void {
    const command = this.#program.command(shape.usage);
    this.#shape(command, shape);
    // In `npm run serve -- --version` the option belongs to serve.
    command.version(this.#version, '--version').options.at(-1)?.hideHelp();
  }

  addGroup({ actions, misuse, ...shape }: GroupShape): void {
    const group = this.#program.command(shape.usage).enablePositionalOptions(false);
    group.helpCommand(HELP_COMMAND, HELP_SUMMARY);
    const tooMany = misuse.tooMany ?? (([word]) => `There is no command '${pathOf(group)} ${word}'.`);
    this.#shape(group, { ...shape, misuse: { ...misuse, tooMany }, run: () => Promise.resolve(group.outputHelp()) });
    for (const action of actions) this.#shape(group.command(action.usage), { ...action, misuse });
  }

  /** Runs the command that the arguments name. @returns the exit code */
  async run(args: readonly string[]): Promise<number> {
    try {
      await this.#program.parseAsync(args, { from: 'user' });
      return this.#exitCode;
    } catch (error) {
      // Help or version were requested, and are printed.
      if (error instanceof CommanderError) return error.exitCode;
      this.#terminal.complain(`${(error as Error).message}\n`);
      return error instanceof NotUnderstood ? error.exitCode : 1;
    }
  }

  #shape(
    command: Command,
    { summary, description = asSentence(summary), epilogue, options = [], misuse, run }: CommandShape,
  ): void {
    command.summary(summary).description(description);
    if (epilogue !== undefined) command.addHelpText('after', `\n${epilogue}`);
    for (const option of options) command.addOption(option);
    command.exitOverride((error) => {
      throw error.exitCode === 0 ? error : new NotUnderstood(faultOf(command, misuse, error), misuse);
    });
    command.action(async () => {
      try {
        this.#exitCode = (await run(command.args, new GivenOptions(command))) ?? 0;
      } catch (error) {
        throw isRefusal(error, 'bad-use') ? new NotUnderstood(error.message, misuse) : error;
      }
    });
  }
}

class NotUnderstood extends Error {
  readonly exitCode: number;

  constructor(fault: string, { code, help }: Misuse) {
    super(`${fault} See ${['tabpy-tray', help, '--help'].filter(Boolean).join(' ')}.`);
    this.exitCode = code;
  }
}

/** The error in the arguments, as a sentence. */
function faultOf(command: Command, { tooMany }: Misuse, { code, message }: CommanderError): string {
  const { args, registeredArguments: known } = command;
  switch (code) {
    case 'commander.excessArguments':
      return tooMany?.(args) ?? `${pathOf(command)} does not take '${args[known.length]}'.`;
    case 'commander.missingArgument': {
      const needed = known.filter((one) => one.required).map((one) => `a ${one.name().toLowerCase()}`);
      return `${pathOf(command)} needs ${needed.join(' and ')}.`;
    }
    case 'commander.optionMissingArgument':
      return `${/'([^']+)'/.exec(message)?.[1] ?? 'An option'} needs a value.`;
    default:
      return asSentence(message.replace(/^error: /, ''));
  }
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
