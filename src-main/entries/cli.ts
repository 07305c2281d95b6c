#!/usr/bin/env node
// Entry of the command line: the same service without Electron. Must not hold what a command does.

import { text } from 'node:stream/consumers';
import { terminalText } from '../activity/terminal-text.ts';
import { CommandLine } from '../cli/command-line.ts';
import { configCommand } from '../cli/config.ts';
import { consoleCommand } from '../cli/console.ts';
import { deployModelsCommand } from '../cli/deploy-models.ts';
import { environmentsCommand } from '../cli/environments.ts';
import { functionsCommand } from '../cli/functions.ts';
import { importCommand } from '../cli/import.ts';
import { instanceOf } from '../cli/open-data-folder.ts';
import { packagesCommand } from '../cli/packages.ts';
import { prepareCommand } from '../cli/prepare.ts';
import { programShape, serveCommand } from '../cli/serve.ts';
import { userCommand } from '../cli/user.ts';
import { dataDirOf } from '../instance/data-folder.ts';
import { PROGRAM_VERSION } from '../instance/version.ts';
import { tabpyPlaceOf } from '../tabpy-import/tabpy-places.ts';

const say = (said: string): void => void process.stdout.write(terminalText(said));
const terminal = { say, complain: (said: string): void => void process.stderr.write(terminalText(said)) };
const deps = {
  ...terminal,
  readInput: () => text(process.stdin),
  openInstance: (dataDir: string | undefined, isVerbose: boolean) => instanceOf(dataDirOf(dataDir), isVerbose),
  findPlace: async () => (await tabpyPlaceOf(null, process.env)).stateFolder,
};

const line = new CommandLine(programShape(PROGRAM_VERSION, terminal), `tabpy-tray ${PROGRAM_VERSION}`, terminal);
line.add(serveCommand(terminal));
line.add(prepareCommand(say));
line.add(configCommand(say));
line.add(consoleCommand(say));
line.addGroup(functionsCommand(deps));
line.add(importCommand(deps));
line.add(deployModelsCommand(deps));
line.addGroup(packagesCommand(deps));
line.addGroup(environmentsCommand(deps));
line.addGroup(userCommand(deps));
process.exitCode = await line.run(process.argv.slice(2));
