// Stands in for pip: `node fake-pip-program.ts INDEX download … --dest DIR NAME==VERSION` copies the wheel that lies in INDEX.
// A file `hang` there makes it wait for ever with half a file. Keeps a diary beside the wheels.

import { appendFileSync, copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [index, ...args] = process.argv.slice(2) as [string, ...string[]];

if (args[0] === '--version') process.stdout.write('pip 99\n');
else download(args.at(-1)!, args[args.indexOf('--dest') + 1]!);

function download(requirement: string, dest: string): void {
  const entry = { pid: process.pid, requirement, temporary: process.env['TMPDIR'], args };
  appendFileSync(path.join(index, 'diary'), `${JSON.stringify(entry)}\n`);
  const prefix = `${requirement.replace('==', '-').replace(/-(?=.*-)/g, '_')}-`;
  const wheel = readdirSync(index).find((name) => name.startsWith(prefix));
  if (existsSync(path.join(index, 'hang'))) {
    writeFileSync(path.join(dest, 'half.whl'), 'half');
    setInterval(() => undefined, 1e6);
  } else if (wheel) {
    copyFileSync(path.join(index, wheel), path.join(dest, wheel));
  } else {
    process.stderr.write(`ERROR: No matching distribution found for ${requirement}\n`);
    process.exitCode = 1;
  }
}
