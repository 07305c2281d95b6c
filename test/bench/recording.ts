// What it costs to keep what was in the requests: `npm run bench:recording`. Two servers, one that keeps data and one that
// does not, are asked the same in turns; and the recorder alone is timed.

import { requestFacts } from '../support/request-facts.ts';
import { createRecorder } from '../../src-main/activity/recorder.ts';
import { runSlice } from './load.ts';
import type { Question } from './load.ts';
import { median } from './report.ts';
import { startOurs } from './start.ts';
import type { Started } from './start.ts';

const ROUNDS = 24;
const SLICE_MS = 500;
const NOTES = 20_000;
const ROWS = [1, 1_000, 10_000];

const columnOf = (rows: number): readonly number[] => Array.from({ length: rows }, (_, row) => row * 1.25);
const bodyOf = (rows: number): Buffer =>
  Buffer.from(JSON.stringify({ data: { _arg1: columnOf(rows) }, script: 'return _arg1' }));

const [keeping, forgetting] = await Promise.all([startWith('true'), startWith('false')]);
for (const rows of ROWS) await compare(rows);
await Promise.all([keeping.stop(), forgetting.stop()]);

async function startWith(keepData: string): Promise<Started> {
  process.env['TABPY_TRAY_KEEP_DATA'] = keepData;
  try {
    return await startOurs([]);
  } finally {
    delete process.env['TABPY_TRAY_KEEP_DATA'];
  }
}

async function compare(rows: number): Promise<void> {
  const body = bodyOf(rows);
  const questions = [keeping, forgetting].map(({ url }): Question => ({
    url,
    route: '/evaluate',
    body,
    connections: 1,
    callers: 1,
  }));
  for (const question of questions) await runSlice(question, SLICE_MS, 0);
  const ratios: number[] = [];
  const perRequest: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, and each first as often as the other: what else the machine does then meets both.
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    const rates = [0, 0];
    for (const which of order) {
      rates[which] = (await runSlice(questions[which]!, SLICE_MS, 0)).perSecond / 1000;
    }
    ratios.push(rates[0]! / rates[1]!);
    perRequest.push(1 / rates[0]!);
  }
  const noteMs = noteMsOf(body);
  const share = (100 * noteMs) / median(perRequest);
  console.log(
    `${rows} rows (${body.length} bytes): keeping data answers ${median(ratios).toFixed(3)} times as many requests; ` +
      `the recorder takes ${(noteMs * 1_000).toFixed(1)} µs of ${(median(perRequest) * 1_000).toFixed(0)} µs (${share.toFixed(2)} %)`,
  );
}

function noteMsOf(body: Buffer): number {
  const recorder = createRecorder({ isDataKept: () => true });
  const record = requestFacts();
  const content = {
    headers: {},
    request: body,
    response: body,
    prints: '',
    printsDropped: 0,
    error: null,
    heads: null,
  };
  const noteAll = (): void => {
    for (let id = 1; id <= NOTES; id++) recorder.note({ ...record, id }, { ...content, signedInAs: null });
  };
  noteAll();
  const from = performance.now();
  noteAll();
  return (performance.now() - from) / NOTES;
}
