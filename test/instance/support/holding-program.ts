// A program that takes a folder and lives until it is killed: what a crash leaves behind. Must not know a test.

import { holdFolder } from '../../../src-main/instance/instance.ts';

const [dataDir = ''] = process.argv.slice(2);
await holdFolder({ dataDir, program: 'server', log: { error: () => undefined } });
process.stdout.write('held\n');
// It ends by itself when somebody closes its input.
process.stdin.on('end', () => process.exit(1)).resume();
