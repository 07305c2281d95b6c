// `npm run bench`: our server beside a TabPy on the same requests, in turns. Must not decide what a fair case is: cases.ts does.

import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CASES, deployScript, FUNCTIONS } from './cases.ts';
import type { BenchCase } from './cases.ts';
import { addressOf, askOnce, openLoad, requestBytes } from './load.ts';
import type { Address, Load, Slice } from './load.ts';
import { jsonOf, measuredOf, resultOf, tableHead, tableRow } from './report.ts';
import type { CaseResult, ServerInfo, ServerName } from './report.ts';
import { startLimit, startOurs } from './start.ts';

const HELP = `npm run bench -- [options] [-- options of serve]

  --url URL      our server; http://127.0.0.1:9004 unless said otherwise
  --start        start ours for the run, on a free port with an empty data folder;
                 what follows a further -- are options of serve, such as --isolation shared
  --peer URL     a real TabPy to compare with; without it only ours is measured
  --limit        also measure a Koa server that reads each body and answers 3: the ceiling of our stack
  --seconds S    how long each server is measured in each case, 3 unless said otherwise
  --only A,B     only these cases; a name's beginning will do
  --json FILE    write the numbers there too
  --help

Cases: ${CASES.map((one) => one.name).join(', ')}.
The functions 'add' and 'clustering' are deployed to the servers first, over what has these names there.
Servers take turns of half a second, so that noise hits all alike; rates are medians of the turns, '<' marks
a ratio below our aim. A wrong answer ends the bench.
`;

const SLICE_MS = 500;
const WARM_UP_MS = 1_000;
const LEAST_ROUNDS = 3;

interface Server {
  readonly name: ServerName;
  readonly url: string;
  readonly address: Address;
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
      url: { type: 'string', default: 'http://127.0.0.1:9004' },
      peer: { type: 'string' },
      start: { type: 'boolean', default: false },
      limit: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new Error(`--seconds ${values.seconds}: give a number above 0.`);
  if (positionals.length > 0 && !values.start) throw new Error(`'${positionals.join(' ')}' is for --start only.`);
  const cases = chosen(values.only);

  const stops: (() => Promise<void>)[] = [];
  try {
    const servers: Server[] = [];
    if (values.start) {
      const ours = await startOurs(positionals);
      stops.push(ours.stop);
      servers.push(serverAt('ours', ours.url));
    } else {
      servers.push(serverAt('ours', values.url));
    }
    if (values.peer !== undefined) servers.push(serverAt('peer', values.peer));
    const infos: Partial<Record<ServerName, ServerInfo>> = {};
    for (const server of servers) {
      infos[server.name] = await infoOf(server);
      console.log(`${server.name}: ${server.url} (${infos[server.name]?.version})`);
      await deployFunctions(server);
    }
    if (values.limit) {
      const limit = await startLimit();
      stops.push(limit.stop);
      servers.push({ ...serverAt('limit', limit.url), answers: false });
    }

    console.log(`\n${tableHead()}`);
    const results: CaseResult[] = [];
    for (const one of cases) {
      const result = await measure(one, servers, seconds * 1000);
      results.push(result);
      console.log(tableRow(result));
    }
    if (values.json !== undefined) await writeFile(values.json, jsonOf(infos, seconds, results));
    return 0;
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

function chosen(only: string | undefined): readonly BenchCase[] {
  const wanted = only?.split(',').map((name) => name.trim());
  const cases = wanted ? CASES.filter(({ name }) => wanted.some((start) => name.startsWith(start))) : CASES;
  if (cases.length === 0) throw new Error(`There is no case '${only}'. See --help for their names.`);
  return cases;
}

function serverAt(name: ServerName, url: string): Server {
  return { name, url, address: addressOf(url), answers: true };
}

async function infoOf(server: Server): Promise<ServerInfo> {
  const hint =
    server.name === 'ours' ? 'Start it (npm start), or pass --start.' : 'Start TabPy there, or leave --peer out.';
  try {
    const { body } = await askOnce(server.address, requestBytes(server.address, '/info', null));
    const info = JSON.parse(body.toString()) as { readonly server_version?: string };
    return { url: server.url, version: info.server_version ?? '' };
  } catch (error) {
    throw new Error(`No TabPy answers at ${server.url} (${(error as Error).message}). ${hint}`, { cause: error });
  }
}

async function deployFunctions({ name, url, address }: Server): Promise<void> {
  for (const one of FUNCTIONS) {
    const body = Buffer.from(JSON.stringify({ data: {}, script: deployScript(url, one) }));
    const answer = await askOnce(address, requestBytes(address, '/evaluate', body));
    if (answer.status !== 200) {
      throw new Error(`Deploying '${one.name}' to ${name} failed with ${answer.status}: ${excerpt(answer.body)}`);
    }
  }
}

/** Checks the answers, warms up, then gives each server its slice in turns until the time is used. */
async function measure(one: BenchCase, servers: readonly Server[], forMs: number): Promise<CaseResult> {
  const body = Buffer.from(JSON.stringify(one.body()));
  const runs: { server: Server; load: Load; slices: Slice[] }[] = [];
  try {
    for (const server of servers) {
      const request = requestBytes(server.address, one.route, body);
      if (server.answers) await checkAnswer(one, server, request);
      runs.push({ server, load: await openLoad(server.address, request, one.connections), slices: [] });
    }
    for (const { server, load } of runs) await named(server, one, load.run(WARM_UP_MS));
    // Slow cases: a request may be longer than a slice, so the time decides and not the count.
    let usedMs = 0;
    for (let round = 0; round < LEAST_ROUNDS || usedMs < forMs * runs.length; round += 1) {
      // Forth and back, so that being first in a round favours nobody.
      const order = round % 2 === 0 ? runs : runs.toReversed();
      for (const { server, load, slices } of order) {
        const slice = await named(server, one, load.run(SLICE_MS));
        slices.push(slice);
        usedMs += slice.elapsedMs;
      }
    }
  } finally {
    for (const { load } of runs) load.close();
  }
  return resultOf(
    one,
    body.length,
    runs.map(({ server, slices }) => measuredOf(server.name, slices)),
  );
}

async function checkAnswer(one: BenchCase, server: Server, request: Buffer): Promise<void> {
  const { status, body } = await named(server, one, askOnce(server.address, request));
  if (status !== 200 || !one.isRight(parsed(body))) {
    throw new Error(
      `Wrong answer: ${server.name} gave ${status} ${excerpt(body)} for '${one.name}'. Nothing was timed.`,
    );
  }
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
