// A small world with things worth stealing, and the attacks on it: each is run in a fresh interpreter and judged by what happened.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';

import type { Attack } from '../../../attacks/attack-list.ts';
import type { Launch } from '../../../../src-main/engines/builtin/host/launch.ts';
import { startProcess } from './interpreter-process.ts';
import type { InterpreterProcess } from './interpreter-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface AttackWorld {
  /** What the attack got, or null when it got nothing. */
  run(attack: Attack, imageDir: string, change?: (launch: Launch) => Launch): Promise<string | null>;
  close(): void;
}

const SECRET = `CANARY-${'5a17b3'.repeat(3)}`;
const TENANT = 'TENANTA-SECRET-0badc0de';
const LIMIT_MS = 2500;
const GRACE_MS = 1500;
const RESIDENT_LIMIT_KB = 1_900_000;

/** Our Python runs a thread's work at once, so starting one succeeds and starts none. */
function isHarmless(attack: Attack): boolean {
  return attack.info === true || attack.name === 'threads_bomb';
}

async function listen(contacts: string[], label: string): Promise<Server> {
  const server = createServer((socket) => {
    contacts.push(label);
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

function peakKb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

export async function createAttackWorld(): Promise<AttackWorld> {
  const home = temporaryFolder('attacked');
  const out = join(home, 'out');
  mkdirSync(out);
  const secretFile = join(home, 'secret.txt');
  writeFileSync(secretFile, SECRET);
  process.env.TABPY_TRAY_CANARY = SECRET;
  const contacts: string[] = [];
  const [http, tcp, free] = [await listen(contacts, 'http'), await listen(contacts, 'tcp'), await listen([], 'free')];
  const port = (server: Server): string => String((server.address() as AddressInfo).port);
  const listenPort = port(free);
  free.close();
  const startVictim = (): ReturnType<typeof spawn> =>
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  let victim = startVictim();

  const fill = (text: string, attack: Attack): string =>
    text
      .replaceAll('@@SECRET_FILE@@', secretFile)
      .replaceAll('@@SECRET_DIR@@', home)
      .replaceAll('@@OUT@@', out)
      .replaceAll('@@NAME@@', attack.name)
      .replaceAll('@@HTTP@@', port(http))
      .replaceAll('@@TCP@@', port(tcp))
      .replaceAll('@@LISTEN@@', listenPort)
      .replaceAll('@@VICTIM@@', String(victim.pid))
      .replaceAll('@@NEXTID@@', '2');

  return {
    async run(attack, imageDir, change) {
      const own = new Set<InterpreterProcess>();
      const start = async (): Promise<InterpreterProcess> => {
        const process_ = await startProcess({ imageDir, isDebug: false, maxResultBytes: 64 << 20 }, change);
        own.add(process_);
        return process_;
      };
      /** The answer's text; an interpreter that ended answers with how it ended, as the service would. */
      const ask = async (interpreter: InterpreterProcess, script: string, argument: string): Promise<string> => {
        try {
          const answer = await interpreter.evaluate(fill(script, attack), { _arg1: argument }, LIMIT_MS);
          return JSON.stringify(answer.meta) + answer.body.toString('latin1');
        } catch (error) {
          return `ENDED ${String(error)}`;
        }
      };
      contacts.length = 0;
      const interpreter = await start();
      // Callers never share an interpreter: what another caller does before and after runs in one of its own.
      if (attack.before !== undefined) await ask(await start(), attack.before, TENANT);
      const began = Date.now();
      let peak = 0;
      const watch = setInterval(() => (peak = Math.max(peak, peakKb(interpreter.pid))), 25);
      const answer = await ask(interpreter, attack.python, 'mine');
      clearInterval(watch);
      const tookMs = Date.now() - began;
      if (attack.between !== undefined) await ask(await start(), attack.between, TENANT);
      if (attack.settle !== undefined) await new Promise((done) => setTimeout(done, Math.min(attack.settle!, 400)));
      const isOtherCaller = attack.success.kind.startsWith('persist');
      const then =
        attack.then === undefined ? '' : await ask(isOtherCaller ? await start() : interpreter, attack.then, 'mine');

      const all = answer + then;
      const got: string[] = [];
      if (all.includes(SECRET)) got.push('read the secret');
      if (all.includes(TENANT)) got.push("read another caller's data");
      if (existsSync(join(out, attack.name))) got.push('wrote a file');
      if (contacts.length > 0) got.push(`reached ${contacts.join(', ')}`);
      if (victim.exitCode !== null || victim.signalCode !== null) {
        got.push('killed a process');
        victim = startVictim();
      }
      if (/"?JSOBJ:(?!None)/.test(all) && attack.success.kind === 'jsobj' && !isHarmless(attack))
        got.push(`got ${all.slice(0, 200)}`);
      if (all.includes('JSEXEC:42')) got.push('ran JavaScript text');
      if (then.includes('POISON')) got.push('changed the next caller');
      if (then.includes('SPOOFED')) got.push('forged an answer');
      if (
        attack.success.kind === 'hostinfo' &&
        [hostname(), home, userInfo().homedir].some((word) => word.length > 3 && all.includes(word))
      ) {
        got.push('saw names of the host');
      }
      if (tookMs > LIMIT_MS + GRACE_MS) got.push(`could not be stopped (${tookMs} ms)`);
      if (peak > RESIDENT_LIMIT_KB) got.push(`took ${peak} kB`);
      await Promise.all([...own].map((process_) => process_.stop()));
      return got.length > 0 ? got.join('; ') : null;
    },
    close() {
      delete process.env.TABPY_TRAY_CANARY;
      victim.kill('SIGKILL');
      http.close();
      tcp.close();
    },
  };
}
