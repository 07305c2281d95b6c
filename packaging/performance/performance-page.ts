// Makes docs/performance.md and the README's rows from the measured figures. Must not round a shortfall away.

import { wrappedText } from '../../src-shared/wrapped-text.ts';
import { ratioOf } from './figures.ts';
import type { CaseFigure, Figures, ProcessFigures, Rate } from './figures.ts';

const README_CASES = ['small-1', 'small-8', 'small-64', 'rows-200k', 'loop-1'];
const BEGIN = '<!-- figures: made by npm run docs -->';
const END = '<!-- end of figures -->';
/** Of a document. */
const COLUMNS = 100;

export function performancePage(figures: Figures): string {
  const { cases, machine, tabpyVersion, node, version, processes } = figures;
  const misses = cases.filter(isMissed);
  return [
    '# Performance',
    '',
    paragraph(
      'This page compares the speed of TabPy Tray with that of TabPy. Both got the same requests, in turns in one run, on ' +
        'the same computer. The ratio tells how many times as many requests TabPy Tray answered in a second: with 2 it ' +
        'is twice as fast, with 0.5 half as fast. The aim is what we want to reach at least.',
    ),
    '',
    paragraph(
      `Measured: version ${version} beside TabPy ${tabpyVersion ?? '(none)'}, with Node ${node.replace(/^v/, '')}, ` +
        `${machine.processors} processors (${machine.model}), ${machine.platform}. The program that sends requests, both ` +
        'servers and their Pythons share the processors, so trust the ratios and not the rates. Rates are medians. Both ' +
        'servers ran at most two scripts at once.',
    ),
    '',
    '## Requests',
    '',
    paragraph(
      'A connection is one caller who sends the next request when the last one is answered. p50 is the time within which ' +
        'half of the requests were answered, p99 the time for 99 of 100.',
    ),
    '',
    '| | TabPy Tray, requests a second | TabPy | ratio | aim | TabPy Tray p50 / p99 ms | TabPy p50 / p99 ms |',
    '|---|---|---|---|---|---|---|',
    ...cases.map(
      (one) =>
        `| ${one.label} | ${rate(one.ours)} | ${rate(one.tabpy)} | ${ratioText(one)} | ${one.aim} | ${latency(one.ours)} | ${latency(one.tabpy)} |`,
    ),
    '',
    ...shortfalls(misses),
    ...(processes ? processRows(processes.ours, processes.tabpy) : []),
    paragraph(
      'Where the time goes: many small calls are faster here because a request goes to a warm Python through one pipe. ' +
        'Reading and writing JSON is most of the time of a large call. WebAssembly runs Python loops at about half the ' +
        'speed of native Python.',
    ),
    '',
    paragraph(
      'This page is made by `npm run docs` from `docs/performance.json`, which ' +
        '`npm run bench -- --record --tabpy PROGRAM` writes. `npm run check` fails when the code that answers requests ' +
        'has changed since.',
    ),
    '',
  ].join('\n');
}

/** The README with today's rows between its marks. @throws Error when the marks are missing */
export function readmeWith(readme: string, figures: Figures): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The README has no '${BEGIN}' and '${END}'.`);
  const rows = README_CASES.flatMap((name) => figures.cases.filter((one) => one.name === name));
  const table = [
    '| requests a second against TabPy 2.16 | ratio | aim |',
    '|---|---|---|',
    ...rows.map((one) => `| ${one.label} | ${ratioText(one)} | ${one.aim} |`),
  ];
  return `${readme.slice(0, begin)}${BEGIN}\n\n${table.join('\n')}\n\n${readme.slice(end)}`;
}

function shortfalls(misses: readonly CaseFigure[]): readonly string[] {
  if (misses.length === 0) return ['Every aim was reached in this run.', ''];
  const names = misses.map((one) => `${one.label} (${ratioText(one)} of ${one.aim})`);
  return [paragraph(`**Below the aim in this run:** ${names.join('; ')}.`), ''];
}

function processRows(ours: ProcessFigures, tabpy: ProcessFigures | null): readonly string[] {
  const row = (label: string, aim: string, of: (one: ProcessFigures) => string): string =>
    `| ${label} | ${of(ours)} | ${tabpy ? of(tabpy) : '–'} | ${aim} |`;
  return [
    '## Start, memory and rest',
    '',
    paragraph('Memory is what would be free if the program did not run, of all processes together. Measured on Linux.'),
    '',
    '| | TabPy Tray | TabPy | aim |',
    '|---|---|---|---|',
    row('first answer after a later start', '1.2 s', (one) => `${(one.firstAnswerMs / 1000).toFixed(2)} s`),
    row('memory once started', '350 MB', (one) => `${Math.round(one.idleMegabytes)} MB`),
    row('memory after one caller was answered', '–', (one) => `${Math.round(one.oneCallerMegabytes)} MB`),
    row('memory with three callers that used pandas', '900 MB', (one) => `${Math.round(one.threeCallersMegabytes)} MB`),
    row('one processor, while nobody asks', '0.1 %', (one) => `${one.idleProcessorPercent.toFixed(2)} %`),
    row('wake-ups a second, while nobody asks', '1', (one) => one.idleWakeUpsASecond.toFixed(1)),
    '',
  ];
}

function isMissed(one: CaseFigure): boolean {
  const ratio = ratioOf(one);
  return ratio !== null && ratio < one.aim;
}

const paragraph = (text: string): string => wrappedText(text, COLUMNS);
const ratioText = (one: CaseFigure): string => ratioOf(one)?.toFixed(2) ?? '–';
const rate = (one: Rate | null): string => (one ? figure(one.perSecond) : '–');
const latency = (one: Rate | null): string => (one ? `${figure(one.p50Ms)} / ${figure(one.p99Ms)}` : '–');
const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))));
