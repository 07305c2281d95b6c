// Scripts and deployed functions that mean harm, and callers who hang up. Must not judge what they are told.

import { connect } from 'node:net';
import type { Attack } from '../attacks/attack-list.ts';
import type { Random } from './random.ts';
import { ask, evaluation } from './soak-server.ts';
import type { Question } from './soak-server.ts';

type Script = Pick<Attack, 'name' | 'python' | 'then'>;

const BUILT_IN: readonly Script[] = [
  { name: 'loop', python: 'while True: pass' },
  { name: 'memory', python: 'x = []\nwhile True: x.append(bytearray(16 << 20))' },
  { name: 'abort', python: 'import os\nos.abort()' },
  { name: 'smash', python: 'import ctypes\nctypes.memset(0, 65, 1 << 24)\nreturn 1' },
];
const BUILT_IN_SHARE = 0.3;

const HOSTILE_FUNCTIONS: Readonly<Record<string, string>> = {
  hostile_loop: 'while True: pass',
  hostile_abort: 'import os\n    os.abort()',
  hostile_memory: 'x = []\n    while True: x.append(bytearray(16 << 20))',
};
const MALLORY = 'mallory';

export function pickAttack(random: Random, attacks: readonly Script[]): Script {
  return attacks.length === 0 || random.next() < BUILT_IN_SHARE ? random.pick(BUILT_IN) : random.pick(attacks);
}

export function attackQuestion(script: string): Question {
  return evaluation(script, { _arg1: 1 }, MALLORY);
}

/** Deploys functions that loop, abort and eat memory. Rejects when that is refused. */
export async function deployHostileFunctions(url: string): Promise<void> {
  for (const [name, body] of Object.entries(HOSTILE_FUNCTIONS)) {
    const script = `from tabpy.tabpy_tools.client import Client
def harm():
    ${body}
Client('http://localhost:9004/').deploy('${name}', harm, '', override=True)`;
    const { status, text } = await ask(url, evaluation(script, {}, MALLORY));
    if (status !== 200) throw new Error(`'${name}' could not be deployed: ${status} ${text}`);
  }
}

/** Calls one of them; who calls the one that never ends hangs up, for functions have no deadline. */
export function hostileQuery(random: Random): Question {
  const name = random.pick(Object.keys(HOSTILE_FUNCTIONS));
  return { method: 'POST', route: `/query/${name}`, body: '{"data": {}}', patienceMs: random.whole(200, 1_500) };
}

/** Sends a request, or a part of one, and hangs up. Returns how. */
export function hangUp(random: Random, port: number): Promise<string> {
  const script = 'import time\ntime.sleep(0.2)\nreturn 1';
  const body = JSON.stringify({ data: { _arg1: Array.from({ length: 500 }, (_, at) => at) }, script });
  const head = `POST /evaluate HTTP/1.1\r\nHost: localhost\r\nTabPy-User: leaver\r\nContent-Length: ${body.length}\r\n\r\n`;
  const [how, text] = random.pick([
    ['in the head', head.slice(0, random.whole(1, head.length - 1))],
    ['in the body', head + body.slice(0, random.whole(1, body.length - 1))],
    ['after the request', head + body],
  ] as const);
  const waitMs = random.whole(0, 150);
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(text, () => void setTimeout(() => socket.destroy(), waitMs));
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(`hung up ${how}`));
  });
}
