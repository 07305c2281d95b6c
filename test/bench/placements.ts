// What a call costs in each placement: `npm run bench:placements`. The window's own hop is measured inside Chromium,
// because the stand-in carries ports over its debugging pipe, which Electron does not.

import path from 'node:path';
import { app } from 'electron';
import { launchOf } from '../../src-main/engines/builtin/host/launch.ts';
import { readManifest } from '../../src-main/engines/builtin/image/manifest.ts';
import { webImageOf } from '../../src-main/engines/builtin/supply/web-image.ts';
import { silentProgress } from '../../src-main/packages/progress.ts';
import { preparePython } from '../../src-main/engines/builtin/supply/prepare-python.ts';
import { startProcessInterpreter } from '../../src-main/engines/builtin/supply/process-interpreter.ts';
import type { Interpreter, InterpreterLimits } from '../../src-main/runtime/interpreter.ts';
import { privateBytes, residentBytes } from '../../src-main/runtime/resident-memory.ts';
import { openInterpreterWindow } from '../../src-main/shell/interpreter-window.ts';
import { openInterpreter, prepareApp } from '../electron/support/open-interpreter.ts';
import { BrowserWindow } from 'electron';

const LIMITS: InterpreterLimits = { bootMs: 120_000, memoryBytes: 3e9, frameBytes: 256 << 20 };
const CALLS = 300;
const SIZES_MB = [1, 20];
const SCRIPT = 'return _arg1';

await prepareApp();
const { imageDir } = await preparePython({ say: console.log, tell: () => undefined, progress: silentProgress });
const launch = launchOf({ imageDir, memoryMb: 1536, maxResultBytes: 256 << 20 });
await report('process of Node', () => startProcessInterpreter(launch, LIMITS, { residentBytes, privateBytes }));
await report('window, ports over the debugging pipe', () => openInterpreter({ imageDir, limits: LIMITS }).interpreter);
await insideChromium();
app.exit(0);

async function report(name: string, start: () => Interpreter): Promise<void> {
  const begun = performance.now();
  const one = start();
  const ready = await one.ready;
  const startMs = performance.now() - begun;
  if (!('ready' in ready)) throw new Error(JSON.stringify(ready));
  const ask = async (body: string): Promise<number> => {
    const bytes = Buffer.from(body);
    const from = performance.now();
    const outcome = await one.run({ op: 'evaluate', timeoutSeconds: 60 }, bytes, null);
    if (outcome.kind === 'ended') throw new Error(JSON.stringify(outcome.reason));
    return performance.now() - from;
  };
  const small = JSON.stringify({ data: { _arg1: [1, 2] }, script: SCRIPT });
  for (let call = 0; call < 50; call++) await ask(small);
  const times: number[] = [];
  for (let call = 0; call < CALLS; call++) times.push(await ask(small));
  console.log(`${name}: start ${startMs.toFixed(0)} ms (boot ${ready.bootMs}), small call ${spread(times)}`);
  console.log(`  resident ${Math.round(residentBytes(one.pid!) / 1e6)} MB`);
  for (const megabytes of SIZES_MB) {
    const body = JSON.stringify({ data: { _arg1: 'x'.repeat(megabytes << 20) }, script: SCRIPT });
    await ask(body);
    console.log(`  ${megabytes} MB both ways: ${(await ask(body)).toFixed(0)} ms`);
  }
  await one.stop({ kind: 'stopped', why: 'measured' });
}

/** The same frames between the page and its worker: two threads of one process, where Electron has two processes. */
async function insideChromium(): Promise<void> {
  const { hasSnapshot, preimport, files } = readManifest(imageDir);
  const content = webImageOf({ imageDir, hasSnapshot, preimport, files, maxResultBytes: 256 << 20, added: null });
  const preload = path.join(import.meta.dirname, 'idle-preload.ts');
  const door = openInterpreterWindow({ content, preload }, { message: () => undefined, gone: () => undefined });
  const { webContents } = BrowserWindow.getAllWindows().at(-1)!;
  await new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()));
  const code = `(async () => {
    const { port1, port2 } = new MessageChannel();
    window.postMessage(${JSON.stringify(content.boot)}, '*', [port2]);
    const next = () => new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    const begun = performance.now();
    await next();
    const startMs = performance.now() - begun;
    const encoder = new TextEncoder();
    const ask = async (body) => {
      const meta = encoder.encode('{"op":"evaluate","timeoutSeconds":60}'), bytes = encoder.encode(body);
      const frame = new Uint8Array(12 + meta.length + bytes.length), head = new DataView(frame.buffer);
      head.setUint32(0, 4 + meta.length + bytes.length, true); head.setUint32(4, 9, true); head.setUint32(8, meta.length, true);
      frame.set(meta, 12); frame.set(bytes, 12 + meta.length);
      const from = performance.now();
      port1.postMessage(frame.buffer);
      await next();
      return performance.now() - from;
    };
    const small = JSON.stringify({ data: { _arg1: [1, 2] }, script: ${JSON.stringify(SCRIPT)} });
    for (let call = 0; call < 50; call++) await ask(small);
    const times = [];
    for (let call = 0; call < ${CALLS}; call++) times.push(await ask(small));
    const large = [];
    for (const megabytes of ${JSON.stringify(SIZES_MB)}) {
      const body = JSON.stringify({ data: { _arg1: 'x'.repeat(megabytes << 20) }, script: ${JSON.stringify(SCRIPT)} });
      await ask(body);
      large.push(await ask(body));
    }
    return { startMs, times, large };
  })()`;
  const measured = (await webContents.executeJavaScript(code)) as { startMs: number; times: number[]; large: number[] };
  console.log(
    `window, page to worker: start ${measured.startMs.toFixed(0)} ms, small call ${spread(measured.times)}, ` +
      SIZES_MB.map((size, index) => `${size} MB ${measured.large[index]!.toFixed(0)} ms`).join(', '),
  );
  console.log(`  resident ${Math.round(residentBytes(webContents.getOSProcessId()) / 1e6)} MB`);
  door.kill();
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor(sorted.length * share)]!.toFixed(2);
  return `${at(0.5)} ms (p50), ${at(0.99)} ms (p99)`;
}
