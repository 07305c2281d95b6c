// `npm run bench`: our server beside a TabPy on the same requests, in turns. Must not decide what a fair case is: cases.ts does.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FIGURES_FILE } from '../../packaging/performance/figures.ts';
import type { CaseFigure, ProcessFigures, Rate } from '../../packaging/performance/figures.ts';
import { PROGRAM_VERSION } from '../../src-main/instance/version.ts';
import { CASES, deployScript, FUNCTIONS } from './cases.ts';
import type { BenchCase } from './cases.ts';
import { askOnce, runSlice, warmUp } from './load.ts';
import type { Question, Slice } from './load.ts';
import { idleFigures, privateMegabytes } from './process-figures.ts';
import { figureOf, jsonOf, median, rateOf, tableHead, tableRow } from './report.ts';
import type { ServerName } from './report.ts';
import { startLimit, startOurs, startTabpy } from './start.ts';
import type { Started, Until } from './start.ts';

const HELP = `npm run bench -- [options] [-- options of serve]

  --url URL      a server of ours that runs already; without it one is started, on a free port with an empty
                 data folder. What follows a further -- are options of serve, such as --isolation shared
  --tabpy PROG   the console program of a TabPy to compare with, such as /opt/tabpy/bin/tabpy; it is started
  --peer URL     a TabPy that runs already
  --limit        also measure a Koa server that reads each body and answers 3: the ceiling of our stack
  --seconds S    how long each server is measured in each case, 6 unless said otherwise
  --only A,B     only these cases; a name's beginning will do
  --processes    also measure starts, memory and rest of the servers that are started (Linux)
  --json FILE    write the figures there too
  --record       everything, and write ${FIGURES_FILE}; wants --tabpy, and a machine that does nothing else
  --help

Cases: ${CASES.map((one) => one.name).join(', ')}.
The functions 'add' and 'clustering' are deployed to the servers first, over what has these names there.
Servers take turns, so that noise hits all alike; rates are medians of the turns, '<' marks a ratio below our aim.
A wrong answer ends the bench.
`;

const ROOT = path.resolve(import.meta.dirname, '../..');
const SLICE_MS = 1_500;
const WARM_UP_MS = 1_000;
const LEAST_ROUNDS = 3;
const STARTS = 5;

interface Server {
  readonly name: ServerName;
  readonly url: string;
  /** Whether it runs Python: the limit does not, its answers are not looked at. */
  readonly answers: boolean;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error((error as Error).message);
  return 1;
});

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      peer: { type: 'string' },
      tabpy: { type: 'string' },
      limit: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '6' },
      only: { type: 'string' },
      processes: { type: 'boolean', default: false },
      json: { type: 'string' },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new Error(`--seconds ${values.seconds}: give a number above 0.`);
  if (values.record && (values.tabpy === undefined || values.only !== undefined || values.url !== undefined))
    throw new Error(
      '--record measures all of what is here beside a TabPy: give --tabpy, and neither --only nor --url.',
    );
  const isPerProcess = values.processes || values.record;
  const starters = {
    ours: (until?: Until) => startOurs(positionals, until),
    ...(values.tabpy === undefined ? {} : { tabpy: (until?: Until) => startTabpy(values.tabpy!, until) }),
  };
  const processes = isPerProcess ? await measureProcesses(starters) : null;

  const stops: (() => Promise<void>)[] = [];
  const started = async (make: () => Promise<Started>): Promise<string> => {
    const { url, stop } = await make();
    stops.push(stop);
    return url;
  };
  try {
    const servers: Server[] = [{ name: 'ours', url: values.url ?? (await started(starters.ours)), answers: true }];
    const tabpyUrl = values.peer ?? (starters.tabpy && (await started(starters.tabpy)));
    if (tabpyUrl !== undefined) servers.push({ name: 'tabpy', url: tabpyUrl, answers: true });
    let tabpyVersion: string | null = null;
    for (const server of servers) {
      const version = await versionOf(server);
      if (server.name === 'tabpy') tabpyVersion = version;
      console.log(`${server.name}: ${server.url} (${version})`);
      await deployFunctions(server);
    }
    if (values.limit) servers.push({ name: 'limit', url: await started(startLimit), answers: false });

    console.log(`\n${tableHead()}`);
    const cases: CaseFigure[] = [];
    for (const one of chosen(values.only)) {
      const figure = await measure(one, servers, seconds * 1000);
      cases.push(figure);
      console.log(tableRow(figure));
    }
    const json = jsonOf(ROOT, { version: PROGRAM_VERSION, tabpyVersion, cases, processes });
    if (values.json !== undefined) await writeFile(values.json, json);
    if (values.record) await writeFile(path.join(ROOT, FIGURES_FILE), json);
    return 0;
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

type Starter = (until?: Until) => Promise<Started>;
type Starters = { readonly ours: Starter; readonly tabpy?: Starter };

async function measureProcesses({ ours, tabpy }: Starters) {
  const figures = { ours: await processesOf(ours), tabpy: tabpy ? await processesOf(tabpy) : null };
  for (const [name, of] of Object.entries(figures)) if (of) console.log(`${name}: ${JSON.stringify(of)}`);
  return figures;
}

async function processesOf(start: Starter): Promise<ProcessFigures> {
  const starts: number[] = [];
  // The first start may have to make something.
  await (await start()).stop();
  for (let count = 0; count < STARTS; count += 1) {
    const { firstAnswerMs, stop } = await start();
    starts.push(firstAnswerMs);
    await stop();
  }
  const server = await start('listens');
  try {
    // What the start used is given back, spares get ready.
    await idleFigures(server.pid);
    const idleMegabytes = await privateMegabytes(server.pid);
    const idle = await idleFigures(server.pid);
    await usePandas(server.url, 'a', 3);
    await idleFigures(server.pid);
    const oneCallerMegabytes = await privateMegabytes(server.pid);
    for (const caller of ['a', 'b', 'c']) await usePandas(server.url, caller, 200_000);
    await idleFigures(server.pid);
    return {
      firstAnswerMs: median(starts),
      idleMegabytes,
      oneCallerMegabytes,
      threeCallersMegabytes: await privateMegabytes(server.pid),
      idleProcessorPercent: idle.processorPercent,
      idleWakeUpsASecond: idle.wakeUpsASecond,
    };
  } finally {
    await server.stop();
  }
}

/** Groups so many rows with pandas. */
async function usePandas(url: string, caller: string, rows: number): Promise<void> {
  const one = CASES.find(({ name }) => name === 'pandas-200k')!;
  const { data, script } = one.body() as { readonly data: Record<string, unknown[]>; readonly script: string };
  const columns = Object.fromEntries(Object.entries(data).map(([name, column]) => [name, column.slice(0, rows)]));
  const response = await fetch(new URL(one.route, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'TabPy-User': caller },
    body: JSON.stringify({ data: columns, script }),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`pandas failed with ${response.status}: ${text.slice(0, 300)}`);
}

function chosen(only: string | undefined): readonly BenchCase[] {
  const wanted = only?.split(',').map((name) => name.trim());
  const cases = wanted ? CASES.filter(({ name }) => wanted.some((start) => name.startsWith(start))) : CASES;
  if (cases.length === 0) throw new Error(`There is no case '${only}'. See --help for their names.`);
  return cases;
}

async function versionOf({ name, url }: Server): Promise<string> {
  const hint =
    name === 'ours' ? 'Start it (npm start), or leave --url out.' : 'Start TabPy there, or leave --peer out.';
  try {
    const { body } = await askOnce(url, '/info', null);
    return (JSON.parse(body.toString()) as { readonly server_version?: string }).server_version ?? '';
  } catch (error) {
    throw new Error(`No TabPy answers at ${url} (${(error as Error).message}). ${hint}`, { cause: error });
  }
}

async function deployFunctions({ name, url }: Server): Promise<void> {
  for (const one of FUNCTIONS) {
    const body = Buffer.from(JSON.stringify({ data: {}, script: deployScript(url, one) }));
    const answer = await askOnce(url, '/evaluate', body);
    if (answer.status !== 200) {
      throw new Error(`Deploying '${one.name}' to ${name} failed with ${answer.status}: ${excerpt(answer.body)}`);
    }
  }
}

/** Checks the answers, warms up, then gives each server its slice in turns until the time is used. */
async function measure(one: BenchCase, servers: readonly Server[], forMs: number): Promise<CaseFigure> {
  const { route, connections, callers } = one;
  const body = Buffer.from(JSON.stringify(one.body()));
  const runs = servers.map((server) => {
    const question: Question = { url: server.url, route, body, connections, callers };
    return { server, question, slices: [] as Slice[], usualMs: 0 };
  });
  for (const run of runs) {
    run.usualMs = await usualTime(one, run.server, body);
    await named(run.server, one, warmUp(run.question));
    await named(run.server, one, runSlice(run.question, WARM_UP_MS, run.usualMs));
  }
  const start = performance.now();
  // Slow cases: a request may be longer than a slice, so the time decides and not the count.
  for (let round = 0; round < LEAST_ROUNDS || performance.now() - start < forMs * runs.length; round += 1) {
    // Forth and back, so that being first in a round favours nobody.
    for (const { server, question, slices, usualMs } of round % 2 === 0 ? runs : runs.toReversed()) {
      slices.push(await named(server, one, runSlice(question, SLICE_MS, usualMs)));
    }
  }
  const rates: Partial<Record<ServerName, Rate>> = {};
  for (const { server, slices } of runs) rates[server.name] = rateOf(slices);
  return figureOf(one, rates);
}

/** How long a warm request takes, once its answer is known to be right. */
async function usualTime(one: BenchCase, server: Server, body: Buffer): Promise<number> {
  let took = 0;
  for (let count = 0; count < 2; count += 1) {
    const start = performance.now();
    const reply = await named(server, one, askOnce(server.url, one.route, body));
    took = performance.now() - start;
    if (server.answers && (reply.status !== 200 || !one.isRight(parsed(reply.body)))) {
      const what = `${reply.status} ${excerpt(reply.body)}`;
      throw new Error(`Wrong answer: ${server.name} gave ${what} for '${one.name}'. Nothing was timed.`);
    }
  }
  return took;
}

/** Says which server and case an error of the connection belongs to. */
async function named<T>(server: Server, one: BenchCase, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`'${one.name}': ${server.name} (${server.url}) ${(error as Error).message}`, { cause: error });
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function excerpt(body: Buffer): string {
  return body.length > 300 ? `${body.toString('utf8', 0, 300)}…` : body.toString();
}
