// Stores the saved examples of functions: a file beside each function's record, so that they outlive its versions. Must
// not know what is in an example.

import { rename } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import { parseBounded } from '../../../src-shared/bounded-json.ts';
import { faultOfExamples, FUNCTION_EXAMPLES, NO_TESTS, TRIED_DATA } from '../../../src-shared/function-examples.ts';
import type { FunctionTests } from '../../../src-shared/function-examples.ts';
import { folderOf } from '../../../src-shared/function-name.ts';
import { Refusal } from '../../../src-shared/refusal.ts';
import { SerialQueue } from '../../../src-shared/serial-queue.ts';
import { readRegularFile } from '../../disk/regular-file.ts';

export interface ExampleFiles {
  /** A damaged file is set aside, and the function has no examples then. */
  read(name: string): Promise<FunctionTests>;
  /** Changes come one after another. @throws Refusal `over-quota` or `not-stored` */
  change(name: string, next: (before: FunctionTests) => FunctionTests): Promise<void>;
}

export interface ExampleFilesDeps {
  /** The folder of the functions. */
  readonly dir: string;
  readonly log: { warn(text: string): void };
}

const FILE = 'examples.json';
const FORMAT = 1;
/** A character has at most six bytes in JSON. */
const MOST_FILE_BYTES = 8_000_000;
const BOUNDS = { characters: MOST_FILE_BYTES, items: 1_000, levels: 5 };

const stored = v.object({
  format: v.literal(FORMAT),
  examples: FUNCTION_EXAMPLES,
  tried: v.nullable(TRIED_DATA),
});

export function createExampleFiles({ dir, log }: ExampleFilesDeps): ExampleFiles {
  const changes = new SerialQueue();
  const fileOf = (name: string): string => path.join(dir, folderOf(name), FILE);
  const read = async (name: string): Promise<FunctionTests> => {
    const file = fileOf(name);
    try {
      const text = (await readRegularFile(file, MOST_FILE_BYTES)).toString('utf8');
      const { examples, tried } = v.parse(stored, parseBounded(text, BOUNDS), { abortEarly: true });
      return { examples, tried };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_TESTS;
      const aside = `${file}.damaged-${Date.now()}`;
      await rename(file, aside).catch(() => undefined);
      log.warn(
        `The saved examples of '${name}' cannot be read (${(error as Error).message}); the file was renamed to ${aside}`,
      );
      return NO_TESTS;
    }
  };
  return {
    read: (name) => changes.run(() => read(name)),
    change: (name, next) =>
      changes.run(async () => {
        const tests = next(await read(name));
        const fault = faultOfExamples(tests.examples);
        if (fault !== null) throw new Refusal('over-quota', fault);
        try {
          await writeFileAtomic(fileOf(name), `${JSON.stringify({ format: FORMAT, ...tests }, null, 1)}\n`);
        } catch (error) {
          const why = (error as Error).message;
          throw new Refusal(
            'not-stored',
            `${why}. Free some disk space or allow writing to the data folder, then try again.`,
            { cause: error },
          );
        }
      }),
  };
}
