// Lays out the help of commands. Must not know the commands.

import { Help } from 'commander';
import type { Command, HelpConfiguration } from 'commander';

const WIDEST = 110;
const plain = new Help();

export function helpLayout(): HelpConfiguration {
  return {
    helpWidth: Math.min(process.stdout.columns ?? WIDEST, WIDEST),
    // As the user types it: `functions deploy <FILE>`.
    subcommandTerm: (command) => {
      const term = plain.subcommandTerm(command).replace(' [options]', '');
      return command.parent?.parent ? `${pathOf(command.parent)} ${term}` : term;
    },
    // An action shows its group's options. The program's options belong to `serve`.
    showGlobalOptions: true,
    styleTitle: (title) => (title === 'Global Options:' ? 'Common options:' : title),
    visibleGlobalOptions: ({ parent }) => (parent?.parent ? parent.options.filter((option) => !option.hidden) : []),
  };
}

/** A command as it is typed after the program's name, such as `functions list`. */
export function pathOf(command: Command): string {
  const names: string[] = [];
  for (let one = command; one.parent !== null; one = one.parent) names.unshift(one.name());
  return names.join(' ') || command.name();
}
