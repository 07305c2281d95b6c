// How the program ends.

import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { prepareQuit } from '../../src-main/shell/quit.ts';
import type { QuitDeps } from '../../src-main/shell/quit.ts';

/** An app that ends, as Electron's, unless somebody prevents it. */
function openApp(given: { scripts?: number; draft?: string; answer?: boolean; stop?: () => Promise<void> } = {}) {
  const story: string[] = [];
  const ended = Promise.withResolvers<readonly string[]>();
  const emitter = new EventEmitter();
  const quitApp = (): void => {
    let isPrevented = false;
    emitter.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    if (isPrevented) return;
    story.push('ended');
    ended.resolve(story);
  };
  const asked = Promise.withResolvers<void>();
  const quit = prepareQuit({
    app: Object.assign(emitter, { quit: quitApp }) as unknown as QuitDeps['app'],
    scripts: () => given.scripts ?? 0,
    draft: () => given.draft ?? null,
    async confirm(scripts, draft) {
      story.push(`asked about ${[scripts, draft].filter(Boolean).join(' and ')}`);
      asked.resolve();
      return given.answer ?? true;
    },
    async stop(graceMs) {
      story.push(`stops within ${graceMs} ms`);
      await given.stop?.();
    },
    async finish() {
      story.push('finished');
    },
    log: { info: () => undefined, error: (text) => story.push(text) },
  });
  return { quit, quitApp, story, ended: ended.promise, asked: asked.promise };
}

describe('quitting', () => {
  it('stops the server within three seconds, then ends', async () => {
    const { quitApp, ended, quit } = openApp();
    quitApp();
    expect(quit.isUnderWay()).toBe(true);
    expect(await ended).toEqual(['stops within 3000 ms', 'finished', 'ended']);
  });

  it('asks while a script runs, and ends when the answer is yes', async () => {
    const { quitApp, ended } = openApp({ scripts: 1, answer: true });
    quitApp();
    expect(await ended).toEqual(['asked about 1', 'stops within 3000 ms', 'finished', 'ended']);
  });

  it('asks while a function is written that is deployed nowhere', async () => {
    const { quitApp, ended } = openApp({ draft: 'margin' });
    quitApp();
    expect(await ended).toEqual(['asked about margin', 'stops within 3000 ms', 'finished', 'ended']);
  });

  it('goes on when the answer is no, and asks again the next time', async () => {
    const { quit, quitApp, story, asked } = openApp({ scripts: 2, answer: false });
    quitApp();
    await asked;
    await Promise.resolve();
    expect(quit.isUnderWay()).toBe(false);
    quitApp();
    expect(story).toEqual(['asked about 2', 'asked about 2']);
  });

  it('does not ask twice at once', () => {
    const { quitApp, story } = openApp({ scripts: 1 });
    quitApp();
    quitApp();
    expect(story).toEqual(['asked about 1']);
  });

  it('asks nobody when the system shuts down', async () => {
    const { quit, quitApp, ended } = openApp({ scripts: 1 });
    quit.dontAsk();
    expect(quit.isUnderWay()).toBe(true);
    quitApp();
    expect(await ended).toEqual(['stops within 3000 ms', 'finished', 'ended']);
  });

  it('ends although the server did not stop in order', async () => {
    const { quitApp, ended } = openApp({ stop: () => Promise.reject(new Error('stuck')) });
    quitApp();
    expect(await ended).toContain('ended');
  });
});
