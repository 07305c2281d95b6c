// Reads a lock over and over, and says how often it was there and not whole, when its input ends. Argument: the file.

import { readFileSync } from 'node:fs';

const [, , file] = process.argv;
let broken = 0;
let isDone = false;
process.stdin.on('end', () => (isDone = true)).resume();
process.stdout.write('reading\n');
const read = (): void => {
  for (let time = 0; time < 200; time += 1) {
    try {
      JSON.parse(readFileSync(file!, 'utf8'));
    } catch (error) {
      if (error instanceof SyntaxError) broken += 1;
    }
  }
  if (isDone) process.stdout.write(`${broken}\n`);
  else setImmediate(read);
};
read();
