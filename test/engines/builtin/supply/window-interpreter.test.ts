import { describe, expect, it, onTestFinished } from 'vitest';
import type { Interpreter } from '../../../../src-main/runtime/interpreter.ts';
import { decodeFrame } from '../../../../src-main/runtime/messages.ts';
import { startWindowInterpreter } from '../../../../src-main/engines/builtin/supply/window-interpreter.ts';
import type { InterpreterWindowEvents } from '../../../../src-main/engines/builtin/supply/window-interpreter.ts';

const LIMITS = { bootMs: 20_000, memoryBytes: 1_000, frameBytes: 64 * 1024 };
const READY = { ready: true, bootMs: 1, python: '3.14.2', fromImage: true };

function frame(id: number, meta: object, body = ''): ArrayBuffer {
  const json = Buffer.from(JSON.stringify(meta));
  const bytes = new Uint8Array(12 + json.length + body.length);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, 4 + json.length + body.length, true);
  head.setUint32(4, id, true);
  head.setUint32(8, json.length, true);
  bytes.set(json, 12);
  bytes.set(Buffer.from(body), 12 + json.length);
  return bytes.buffer;
}

interface FakeWindow {
  readonly interpreter: Interpreter;
  readonly say: InterpreterWindowEvents['message'];
  readonly posted: Uint8Array[];
  readonly failures: string[];
  readonly isSealed: () => boolean;
  holds: (bytes: number) => void;
}

/** An interpreter whose window does what the test says. */
function open(limits: Partial<typeof LIMITS> = {}): FakeWindow {
  const posted: Uint8Array[] = [];
  const failures: string[] = [];
  let events: InterpreterWindowEvents | null = null;
  let isSealed = false;
  let held = 0;
  const interpreter = startWindowInterpreter({
    open(given) {
      events = given;
      return {
        pid: () => 7,
        post: (bytes) => void posted.push(bytes),
        residentBytes: () => held,
        kill: () => given.gone({ kind: 'exited', code: null, signal: 'SIGKILL' }),
        seal: () => (isSealed = true),
      };
    },
    limits: { ...LIMITS, ...limits },
    onBootFailed: (why) => void failures.push(why),
  });
  onTestFinished(() => void interpreter.stop({ kind: 'stopped', why: 'the test is over' }));
  return {
    interpreter,
    say: (data) => events!.message(data),
    posted,
    failures,
    isSealed: () => isSealed,
    holds: (bytes) => (held = bytes),
  };
}

const ask = (one: FakeWindow, deadlineMs: number | null = null) =>
  one.interpreter.run({ op: 'query', name: 'f' }, Buffer.from('body'), deadlineMs);
const idOf = (bytes: Uint8Array): number => decodeFrame(Buffer.from(bytes))!.id;

describe('an interpreter in a window', () => {
  it('is sealed as soon as it has booted, not before', async () => {
    const one = open();
    expect(one.isSealed()).toBe(false);
    one.say(frame(0, READY));
    expect(await one.interpreter.ready).toMatchObject({ python: '3.14.2' });
    expect(one.isSealed()).toBe(true);
  });

  it('answers one request with the frame that has its id', async () => {
    const one = open();
    const answer = ask(one);
    const id = idOf(one.posted[0]!);
    one.say(frame((id + 1) >>> 0, { status: 200, bodyBytes: 6 }, 'forged'));
    one.say(frame(id, { status: 200, bodyBytes: 4 }, 'mine'));
    expect(await answer).toMatchObject({ kind: 'answered', payload: Buffer.from('mine') });
  });

  it("is given a request in memory of its own: a buffer of Node's pool would carry other people's bytes", () => {
    const one = open();
    void ask(one);
    expect(one.posted[0]!.buffer.byteLength).toBe(one.posted[0]!.byteLength);
  });

  it.each([
    ['text', 'hello'],
    ['an object', { id: 1 }],
    ['nothing', null],
    ['a frame that is cut', frame(1, READY).slice(0, -1)],
    ['a frame with a tail', new Uint8Array(64).buffer],
    ['a few bytes', new ArrayBuffer(3)],
    ['shared memory', new SharedArrayBuffer(64)],
    ['too much', new ArrayBuffer(LIMITS.frameBytes + 1)],
  ])('that posts %s is ended for it', async (_, data) => {
    const one = open();
    one.say(data);
    expect(await one.interpreter.ended).toMatchObject({ kind: 'fault' });
    expect(one.failures).toEqual([]);
  });

  it('whose boot failed says why, so that the next is started otherwise', async () => {
    const one = open();
    one.say({ bootFailed: 'the heap does not fit' });
    expect(await one.interpreter.ready).toMatchObject({ kind: 'fault' });
    expect(one.failures).toEqual(['the heap does not fit']);
  });

  it('is killed at the deadline, and when it holds too much memory', async () => {
    const late = open();
    expect(await ask(late, 20)).toEqual({ kind: 'ended', reason: { kind: 'deadline', afterMs: 20 } });
    const large = open();
    large.holds(1_001);
    expect(await ask(large)).toMatchObject({ kind: 'ended', reason: { kind: 'memory' } });
  });
});
