// A command line without commands, for tests that add one. Must not know the real ones.

import { CommandLine } from '../../../src-main/cli/command-line.ts';
import type { Terminal } from '../../../src-main/cli/command-line.ts';

export function commandLine(terminal: Terminal): CommandLine {
  const root = {
    usage: 'tabpy-tray',
    summary: 'the program',
    misuse: { code: 1, help: '' },
    run: () => Promise.resolve(),
  } as const;
  return new CommandLine(root, 'tabpy-tray 1.2.3', terminal);
}
