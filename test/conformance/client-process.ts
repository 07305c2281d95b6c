// A Python with TabPy's own client, which makes calls one after another (client_calls.py).

import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pythonTool } from '../support/python-env.ts';
import { jsonText, parseJson } from './python-json.ts';
import type { Json } from './python-json.ts';

export interface ClientProcess {
  /** Makes one call. Rejects when the program ends instead of an outcome. */
  call(asked: Json): Promise<Json>;
  stop(): void;
}

/** Starts it. `certificateFile` vouches for a server of HTTPS. */
export function startClient(certificateFile: string | null): ClientProcess {
  const child = spawn(pythonTool('python'), [path.join(import.meta.dirname, 'client_calls.py')], {
    env: { ...process.env, ...(certificateFile === null ? {} : { REQUESTS_CA_BUNDLE: certificateFile }) },
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (part: Buffer) => void errors.push(part));
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`client_calls.py ended: ${Buffer.concat(errors).toString()}`)));
  });
  // Nobody may be waiting when it ends.
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    return done ? ended : value;
  };
  return {
    call: async (asked) => {
      child.stdin.write(`${jsonText(asked)}\n`);
      return parseJson(await Promise.race([nextLine(), ended]));
    },
    stop: () => child.stdin.end(),
  };
}
