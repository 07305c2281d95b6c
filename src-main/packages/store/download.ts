// Downloads a file, and continues where an earlier download broke off.

import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Progress } from '../progress.ts';
import type { WebAnswer } from '../web/web.ts';

export interface Download {
  /** Rejects when there is no answer. */
  readonly ask: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<WebAnswer>;
  /** The target file; existing bytes are its beginning. */
  readonly part: string;
  readonly mostBytes: number;
  readonly answerMs: number;
  readonly idleMs: number;
  readonly progress: Progress;
  readonly signal: AbortSignal | null;
}

/**
 * Fetches to the end of `part`, then has it accepted. `name`: of the source, for people. Rejects when it is not the
 * right file.
 */
export async function bring(name: string, how: Download, accept: (complete: string) => Promise<void>): Promise<void> {
  const isResumed = await download(name, how);
  try {
    await accept(how.part);
  } catch (error) {
    if (!isResumed) throw error;
    // The first half was damaged or another file's: fetch again from the start.
    await rm(how.part, { force: true });
    await download(name, how);
    await accept(how.part);
  }
}

/** Fetches to the end of `part`. Returns whether the beginning was there already. */
async function download(
  name: string,
  { ask, part, mostBytes, answerMs, idleMs, progress, signal }: Download,
): Promise<boolean> {
  const have = (await stat(part).catch(() => null))?.size ?? 0;
  const silence = new AbortController();
  const silentFor = (ms: number): NodeJS.Timeout =>
    setTimeout(() => silence.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  const stop = signal ? AbortSignal.any([silence.signal, signal]) : silence.signal;
  let timer = silentFor(answerMs);
  try {
    const range: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
    const answer = await ask(range, stop);
    const { status, body } = answer;
    clearTimeout(timer);
    timer = silentFor(idleMs);
    // 416: all of it was there already.
    const isAllThere = have > 0 && status === 416;
    if (isAllThere || (status !== 200 && status !== 206)) {
      body.destroy();
      if (isAllThere) return true;
      throw new Error(`${name} answered ${status}`);
    }
    const isResumed = answer.header('content-range')?.startsWith(`bytes ${have}-`) ?? false;
    progress.expect(Number(answer.header('content-length') ?? 0));
    let room = mostBytes - (isResumed ? have : 0);
    body.on('data', (chunk: Buffer) => {
      timer.refresh();
      progress.bytes(chunk.length);
      room -= chunk.length;
      // Stops: a server that sends without end.
      if (room < 0) silence.abort(new Error(`${name} sends more than ${Math.round(mostBytes / 1e6)} MB`));
    });
    const isWhole = await save(body, part, isResumed);
    if (stop.aborted) throw stop.reason;
    if (!isWhole) throw new Error(`${name} closed the connection too early`);
    return isResumed;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Writes the data, also of an answer that breaks off: the next try continues there. Returns whether it was complete.
 */
async function save(body: Readable, part: string, isResumed: boolean): Promise<boolean> {
  const target = createWriteStream(part, { flags: isResumed ? 'a' : 'w' });
  const written = finished(target);
  const over = new Promise<void>((resolve) => body.once('close', resolve));
  target.on('error', () => body.destroy());
  body.pipe(target);
  await over;
  target.end();
  // Reports a full disk.
  await written;
  return body.readableEnded;
}
