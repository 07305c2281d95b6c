// Scripts that try to get out, each sent to the real server as a stranger's workbook would send it.
// Canaries are planted: a secret file in the home directory, a secret in the server's environment, a loopback listener that
// must never be contacted, a process that must live, another caller's data.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canConnect, portOf } from '../support/loopback.ts';
import { unusedPort } from '../support/unused-port.ts';
import { nativePlacements, placements } from '../support/placements.ts';
import { allProcessesBelow } from '../support/process-tree.ts';
import { startServer } from '../support/running-server.ts';
import type { JsonAnswer, RunningServer } from '../support/running-server.ts';
import { allAttacks, nativeAttacks } from './attack-list.ts';

const TIMEOUT_SECONDS = 3;
const SECRET = 'CANARY-FILE-7f3a9c';
const ENV_SECRET = 'CANARY-ENV-51be02';
const TENANT_SECRET = 'TENANTA-SECRET-c0ffee';
const MEMORY_LIMIT_BYTES = 1_500_000_000;
// Between two looks of the parent (100 ms) an interpreter can grow; what it must not do is take the machine.
const MEMORY_SLACK_BYTES = 1_000_000_000;

const MALLORY = { 'TabPy-User': 'mallory' };
const VICTIM = { 'TabPy-User': 'victim' };
const ALICE = { 'TabPy-User': 'alice' };

const PLACES = [
  ...placements().map((place) => ({ ...place, attacks: allAttacks })),
  ...nativePlacements().map((place) => ({ ...place, attacks: nativeAttacks })),
];

describe.each(PLACES)('a script cannot get out of Python $name', ({ program, user, startSeconds, attacks }) => {
  let server: RunningServer;
  let folder: string;
  let out: string;
  let listener: Server;
  let hits = 0;
  let bystander: ChildProcess;
  let freePort: number;

  beforeAll(async () => {
    // What protects the canaries must be the walls, not that scripts happen to run as somebody else.
    folder = await mkdtemp(path.join(user === null ? homedir() : tmpdir(), '.tabpy-tray-attack-'));
    out = path.join(folder, 'out');
    await mkdir(out);
    if (user !== null) await Promise.all([chmod(folder, 0o755), chmod(out, 0o777)]);
    await writeFile(path.join(folder, 'secret.txt'), SECRET);
    listener = createServer((socket) => {
      hits += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    freePort = await unusedPort();
    bystander =
      user === null
        ? spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' })
        : spawn('sleep', ['1000000'], { stdio: 'ignore', uid: user });
    hits = 0;
    server = await startServer({
      program,
      env: { TABPY_EVALUATE_TIMEOUT: String(TIMEOUT_SECONDS), CANARY_SECRET: ENV_SECRET, HOME: homedir() },
    });
    // Everything is up before the first attack, so that each is measured alone.
    expect((await server.evaluate('return 1')).body).toBe(1);
  });

  afterAll(async () => {
    await server?.stop();
    bystander?.kill('SIGKILL');
    listener?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fill = (text: string, name: string): string =>
    text
      .replaceAll('@@SECRET_FILE@@', path.join(folder, 'secret.txt'))
      .replaceAll('@@SECRET_DIR@@', folder)
      .replaceAll('@@OUT@@', out)
      .replaceAll('@@NAME@@', name)
      .replaceAll('@@HTTP@@', String(portOf(listener)))
      .replaceAll('@@TCP@@', String(portOf(listener)))
      .replaceAll('@@LISTEN@@', String(freePort))
      .replaceAll('@@VICTIM@@', String(bystander.pid))
      .replaceAll('@@NEXTID@@', '1');

  const send = (script: string, name: string, headers: Readonly<Record<string, string>>): Promise<JsonAnswer> =>
    server.post(
      '/evaluate',
      { data: { _arg1: headers === VICTIM ? TENANT_SECRET : 1 }, script: fill(script, name) },
      headers,
    );

  it.each(attacks.map((attack) => [attack.name, attack.success.looks_like ?? attack.category, attack] as const))(
    '%s (%s)',
    async (name, _, attack) => {
      const answers: JsonAnswer[] = [];
      if (attack.before) await send(attack.before, name, VICTIM);
      const watch = watchMemory(server.pid);
      const started = performance.now();
      answers.push(await send(attack.python, name, MALLORY));
      const tookMs = performance.now() - started;
      const mostBytes = watch.stop();
      if (attack.between) await send(attack.between, name, VICTIM);
      if (attack.settle) await settled(attack.settle);
      // The attacker looks again, and so does somebody else.
      if (attack.then) answers.push(await send(attack.then, name, MALLORY));
      const others = attack.then ? await send(attack.then, name, ALICE) : null;
      const told = [...answers, ...(others ? [others] : [])].map((answer) => JSON.stringify(answer.body)).join('\n');

      expect(told).not.toContain(SECRET);
      expect(told).not.toContain(ENV_SECRET);
      expect(told).not.toContain(TENANT_SECRET);
      expect(told).not.toContain('JSEXEC:42');
      expect(told).not.toContain('SPOOFED');
      expect(JSON.stringify(others?.body ?? null)).not.toContain('POISON');
      if (attack.success.kind === 'jsobj' || attack.success.kind === 'leak_ui') expect(told).not.toContain('JSOBJ:');
      if (attack.success.kind === 'hostinfo') {
        for (const fact of [hostname(), homedir(), userInfo().username, process.cwd(), tmpdir()]) {
          if (fact.length > 4) expect(told).not.toContain(fact);
        }
      }
      // Attacks that look at once whether they worked have no second request.
      if (!attack.then) expect(told).not.toContain('POISON');
      if (attack.leak) expect(told).not.toContain(attack.leak);
      if (attack.after_file_intact) expect(await readFile(path.join(folder, 'secret.txt'), 'utf8')).toBe(SECRET);
      expect(await readdir(out)).toEqual([]);
      expect(hits).toBe(0);
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
      expect(await canConnect(freePort)).toBe(false);
      // An attack may come while the interpreter that the last one broke is being replaced.
      expect(tookMs).toBeLessThan((TIMEOUT_SECONDS + startSeconds) * 1000);
      if (attack.memcheck) expect(mostBytes).toBeLessThan(MEMORY_LIMIT_BYTES + MEMORY_SLACK_BYTES);
      // It is told in a way that Tableau can show …
      for (const answer of answers)
        if (answer.status >= 400) expect(answer.body).toMatchObject({ message: expect.any(String) as string });
      // … and costs nobody else anything.
      const next = await server.post('/evaluate', { data: { _arg1: [1, 2] }, script: 'return sum(_arg1)' }, ALICE);
      expect(next.body).toBe(3);
    },
    120_000,
  );
});

/** The largest resident size of one process below `pid` while it is watched, in bytes (Linux; 0 elsewhere). */
function watchMemory(pid: number): { stop: () => number } {
  let most = 0;
  const timer = setInterval(() => {
    for (const { residentBytes } of allProcessesBelow(pid)) most = Math.max(most, residentBytes);
  }, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

/** An attack that hides behind a delay gets the delay that it names: there is no event to wait for when nothing may happen. */
function settled(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
