// `npm run soak`: the real server for minutes or hours, used and abused at once; every good answer is checked. Must not know
// how a request looks or what an attack does.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { processesBelow } from '../support/process-tree.ts';
import { allAttacks } from '../attacks/attack-list.ts';
import { createCanaries } from './canaries.ts';
import { createDataFolder } from './data-folder.ts';
import { createDeployments } from './deployments.ts';
import { createFunctionBook } from './function-book.ts';
import { goodRequest } from './good-requests.ts';
import { attackQuestion, deployHostileFunctions, hangUp, hostileQuery, pickAttack } from './hostile-requests.ts';
import { createRandom } from './random.ts';
import { residentBytesOf, showReport } from './report.ts';
import { ask, startSoakServer } from './soak-server.ts';
import type { SoakServer } from './soak-server.ts';
import { createTally, failuresOf } from './tally.ts';
import type { Report, Weather } from './tally.ts';

const HELP = `npm run soak -- [options]

  --minutes N   how long, 5 unless said otherwise
  --seed N      of the choices; without it a new one, which the report names
  --json FILE   write the report there too
  --help

Each minute begins with 20 s of calm; then come attacks, SIGKILLs, callers who hang up and, as root on Linux, a full disk.
Exit code 1 when an answer was wrong, a function was lost, 1 % of the good requests were refused, 10 % of them were stopped at
their time-out, or an attack got out.
`;

const CYCLE_MS = 60_000;
const CALM_MS = 20_000;
// Scripts of the rough weather may run on for their 3 s.
const CLEARING_MS = 5_000;
const FULL_DISK_MS = 3_000;
const TOO_LATE_TO_START_MS = 5_000;

/**
 * Who asks in TabPy-User. Two callers and the functions are what the default pool keeps warm; now and then a guest comes, for
 * whom an interpreter has to be given up.
 */
const CALLERS = ['alice', 'alice', 'bob', 'bob'] as const;
const GUEST_EACH = 80;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const minutes = Number(values.minutes);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  if (!(minutes > 0) || !Number.isInteger(seed)) {
    console.error('--minutes needs a number above 0, --seed a whole number.');
    return 1;
  }
  const interrupt = new AbortController();
  process.on('SIGINT', () => {
    // The first one ends the run early and looks at what is there; the second one ends it.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  });
  const report = await soak(minutes, seed, interrupt.signal);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(showReport(report));
  const failures = failuresOf(report);
  console.log(failures.length === 0 ? 'All is well.' : `FAILED: ${failures.join('; ')}`);
  return failures.length === 0 ? 0 : 1;
}

async function soak(minutes: number, seed: number, interrupted: AbortSignal): Promise<Report> {
  const folder = createDataFolder();
  const logFile = path.join(mkdtempSync(path.join(tmpdir(), 'tabpy-tray-soak-log-')), 'server.log');
  const canaries = await createCanaries();
  let server = await startSoakServer(folder.path, logFile);
  try {
    console.log(`Seed ${seed}; the server's log is ${logFile}; ${allAttacks.length} attacks.`);
    if (!folder.disk) console.warn('SKIPPED: the full disk; it needs root on Linux and the right to mount a tmpfs');

    const tally = createTally();
    const book = createFunctionBook();
    const deployments = createDeployments({ url: () => server.url, book, tally, random: createRandom(seed) });
    await deployments.begin();
    await deployHostileFunctions(server.url);

    await drive({ minutes, seed, interrupted, server, tally, book, deployments, canaries, disk: folder.disk });

    const check = async (when: string): Promise<void> => {
      const differences = await book.differences(server.url);
      tally.lost(
        differences.map((what) => `${when}: ${what}`),
        book.names().length,
      );
    };
    await check('at the end');
    const used = { ...server.events };
    const before = processesBelow(server.pid).map(({ pid }) => pid);
    const code = await server.stop();
    if (code !== 0) tally.fault(`Ctrl-C ended the server with ${code}`);
    const left = before.filter(isRunning);
    if (left.length > 0) tally.fault(`${left.length} interpreters outlived the server`);
    server = await startSoakServer(folder.path, logFile);
    await check('after a restart');
    await deployments.last();
    await server.kill();
    server = await startSoakServer(folder.path, logFile);
    await check('after a SIGKILL');
    for (const what of await canaries.touched()) tally.escape(what);
    return tally.report({ minutes, seed, interpreters: used, acknowledgedChanges: book.acknowledged() });
  } finally {
    await server.stop();
    folder.remove();
    canaries.close();
  }
}

interface Drive {
  readonly minutes: number;
  readonly seed: number;
  readonly interrupted: AbortSignal;
  readonly server: SoakServer;
  readonly tally: ReturnType<typeof createTally>;
  readonly book: ReturnType<typeof createFunctionBook>;
  readonly deployments: ReturnType<typeof createDeployments>;
  readonly canaries: Awaited<ReturnType<typeof createCanaries>>;
  readonly disk: ReturnType<typeof createDataFolder>['disk'];
}

/** Everybody at once, each one after another: four who ask, one who deploys, one who attacks, one who disturbs, one who hangs up. */
async function drive(deps: Drive): Promise<void> {
  const { minutes, seed, interrupted, server, tally, book, deployments, canaries, disk } = deps;
  const start = performance.now();
  const end = start + minutes * 60_000;
  let attacking = 0;

  const isOver = (): boolean => interrupted.aborted || performance.now() >= end || !server.isAlive();
  const inCycle = (): number => (performance.now() - start) % CYCLE_MS;
  /** Between calm and rough lies a time that counts as neither. */
  const weather = (): Weather | null => {
    if (inCycle() >= CALM_MS) return 'rough';
    return inCycle() > CLEARING_MS && attacking === 0 ? 'calm' : null;
  };
  const isTimeForHarm = (): boolean => weather() === 'rough' && end - performance.now() > TOO_LATE_TO_START_MS;
  const lane = async (pauseMs: number, turn: (count: number) => Promise<void>): Promise<void> => {
    for (let count = 0; !isOver(); count += 1) {
      await turn(count);
      await pause(pauseMs);
    }
  };
  const random = (lane: number) => createRandom(seed + 1_000 * (lane + 1));

  const askers = CALLERS.map(async (regular, at) => {
    const choices = random(at);
    await lane(10, async (count) => {
      const user = count % GUEST_EACH === GUEST_EACH - 1 ? `guest ${choices.whole(1, 50)}` : regular;
      const { kind, isSmall, look } = goodRequest(choices, book, user);
      const before = weather();
      const answer = await ask(server.url, look.question);
      const verdict = tally.good(kind, answer, look.wrongWith(answer));
      if (isSmall && verdict === 'right' && before !== null && before === weather())
        tally.latency(before, answer.elapsedMs);
    });
  });

  const deployer = lane(600, () => deployments.change());

  const choicesOfAttacker = random(10);
  const attacker = lane(50, async () => {
    if (!isTimeForHarm()) return;
    attacking += 1;
    if (choicesOfAttacker.next() < 0.1) {
      tally.attack(await ask(server.url, hostileQuery(choicesOfAttacker)));
    } else {
      const { name, python, then } = pickAttack(choicesOfAttacker, allAttacks);
      for (const script of [python, ...(then === undefined ? [] : [then])]) {
        const answer = await ask(server.url, attackQuestion(canaries.fill(script, name)));
        tally.attack(answer);
        const leak = canaries.leakIn(answer.text);
        if (leak !== null) tally.escape(`${name}: ${leak}`);
      }
    }
    attacking -= 1;
  });

  const choicesOfKiller = random(11);
  const killer = lane(0, async () => {
    await pause(choicesOfKiller.whole(5_000, 12_000));
    if (!isTimeForHarm()) return;
    const pids = processesBelow(server.pid).map(({ pid }) => pid);
    if (pids.length === 0) return;
    try {
      process.kill(choicesOfKiller.pick(pids), 'SIGKILL');
      tally.disturb('interpreters killed');
    } catch {
      // It ended by itself between the look and the blow.
      tally.disturb('kills that came too late');
    }
  });

  const choicesOfLeaver = random(12);
  const leaver = lane(400, async () => {
    if (isTimeForHarm()) tally.disturb(await hangUp(choicesOfLeaver, server.port));
  });

  let nextFullDisk = CYCLE_MS * 0.6;
  const filler = lane(200, async () => {
    if (!disk || !isTimeForHarm() || performance.now() - start < nextFullDisk) return;
    nextFullDisk += CYCLE_MS;
    await disk.fill();
    await pause(FULL_DISK_MS);
    await disk.free();
    tally.disturb('times the disk was full');
  });

  const reporter = lane(1_000, (count) => {
    const { server: own, all } = residentBytesOf(server.pid);
    tally.memory(own, all);
    const minutesNow = ((performance.now() - start) / 60_000).toFixed(1);
    const line = `${minutesNow} of ${minutes} min: ${tally.line()}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${line.slice(0, process.stdout.columns - 1)}`);
    else if (count % 15 === 0) console.log(line);
    return Promise.resolve();
  });

  await Promise.all([...askers, deployer, attacker, killer, leaver, filler, reporter]);
  if (process.stdout.isTTY) process.stdout.write('\n');
  if (!server.isAlive()) tally.fault('the server ended by itself');
  if (server.events.stackTraces > 0)
    tally.fault(`the server logged ${server.events.stackTraces} lines of stack traces`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
