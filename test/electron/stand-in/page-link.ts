// One page of Chromium, as the stand-in drives it: navigates, evaluates, carries messages to its preload script. Must not know Electron's names.

import { randomUUID } from 'node:crypto';
import { chromium, demandSandbox } from './chromium.ts';
import type { ProtocolEvent } from './devtools.ts';
import type { FromPage, ToPage } from './page-messages.ts';
import { mainWorldScript, preloadWorldScript } from './preload-script.ts';

export interface PageEvents {
  readonly said: (message: FromPage) => void;
  readonly loaded: () => void;
  /** The main frame shows another document. */
  readonly navigated: (url: string) => void;
  /** The page wants to leave; answers whether it may. */
  readonly mayNavigate: (url: string) => boolean;
  readonly windowWanted: (url: string) => void;
  /** An error of the page's console: of its script, or of its policy. */
  readonly complained: (text: string) => void;
  readonly crashed: (status: string, code: number) => void;
  readonly closed: () => void;
}

export interface PageLink {
  /** Resolves with the process that shows it, once the page is loaded. */
  load(url: string): Promise<number | null>;
  evaluate(code: string, world: 'main' | 'preload'): Promise<unknown>;
  /** Dropped when no document is there to hear it. */
  tell(message: ToPage): void;
  crash(): void;
  close(): Promise<void>;
}

const PRELOAD_WORLD = 'Electron Isolated Context';
// Chromium reads no message of more than 100 MB.
const PART_CHARACTERS = 32 << 20;
/** Windows are opened one after the other, or nobody could tell which new renderer is whose. */
let turn: Promise<unknown> = Promise.resolve();

/** @param context the Chromium context of the window's session */
export async function openPage(context: string, preload: string | undefined, events: PageEvents): Promise<PageLink> {
  const { devTools, renderers } = await chromium();
  const before = await renderers();
  const { targetId } = (await devTools.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId: context,
  })) as { targetId: string };
  const { sessionId } = (await devTools.send('Target.attachToTarget', { targetId, flatten: true })) as {
    sessionId: string;
  };
  const send = (method: string, params: object = {}) =>
    devTools.send(method, params as Record<string, unknown>, sessionId);
  const secret = randomUUID();
  let preloadContext: number | null = null;
  let expected: string | null = null;
  let whenLoaded: (() => void) | null = null;

  const hear = ({ method, params, sessionId: of }: ProtocolEvent): void => {
    const { targetInfo } = params as { targetInfo?: { openerId?: string; targetId: string; url: string } };
    if (method === 'Target.targetCrashed' && params['targetId'] === targetId) {
      preloadContext = null;
      events.crashed(String(params['status']), Number(params['errorCode']));
    } else if (method === 'Target.targetDestroyed' && params['targetId'] === targetId) {
      stop();
      events.closed();
    } else if (method === 'Target.targetCreated' && targetInfo?.openerId === targetId) {
      void devTools.send('Target.closeTarget', { targetId: targetInfo.targetId });
    }
    if (of !== sessionId) return;
    switch (method) {
      case 'Runtime.executionContextCreated': {
        const { context: made } = params as { context: { id: number; name: string; auxData: { frameId: string } } };
        if (made.name === PRELOAD_WORLD && made.auxData.frameId === targetId) preloadContext = made.id;
        return;
      }
      case 'Runtime.executionContextDestroyed':
        if (params['executionContextId'] === preloadContext) preloadContext = null;
        return;
      case 'Runtime.bindingCalled':
        // Sub-frames have the world too, but no preload script: nothing of theirs is heard.
        if (params['executionContextId'] === preloadContext)
          events.said(JSON.parse(params['payload'] as string) as FromPage);
        return;
      case 'Log.entryAdded': {
        const { entry } = params as { entry: { level: string; text: string } };
        if (entry.level === 'error') events.complained(entry.text);
        return;
      }
      case 'Runtime.exceptionThrown': {
        const { exceptionDetails } = params as { exceptionDetails: { text: string } };
        events.complained(exceptionDetails.text);
        return;
      }
      case 'Page.windowOpen':
        events.windowWanted(params['url'] as string);
        return;
      case 'Page.frameNavigated': {
        const { frame } = params as { frame: { id: string; url: string } };
        if (frame.id === targetId) events.navigated(frame.url);
        return;
      }
      case 'Page.loadEventFired':
        whenLoaded?.();
        events.loaded();
        return;
      case 'Fetch.requestPaused': {
        const { requestId, request, frameId } = params as {
          requestId: string;
          request: { url: string };
          frameId: string;
        };
        const isOurs = request.url.split('#')[0] === expected || frameId !== targetId;
        expected = null;
        if (isOurs || events.mayNavigate(request.url)) void send('Fetch.continueRequest', { requestId });
        else void send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      }
    }
  };
  const stop = devTools.listen(hear);

  await Promise.all([
    send('Page.enable'),
    send('Runtime.enable'),
    send('Log.enable'),
    send('Fetch.enable', { patterns: [{ resourceType: 'Document' }] }),
    send('Runtime.addBinding', { name: 'standInSay', executionContextName: PRELOAD_WORLD }),
    send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(secret) }),
    send('Page.addScriptToEvaluateOnNewDocument', {
      source: await preloadWorldScript(secret, preload),
      worldName: PRELOAD_WORLD,
    }),
  ]);

  const navigate = async (url: string): Promise<void> => {
    const loaded = new Promise<void>((resolve) => (whenLoaded = resolve));
    expected = url.split('#')[0]!;
    const { errorText } = (await send('Page.navigate', { url })) as { errorText?: string };
    if (errorText) throw new Error(errorText);
    await loaded;
  };
  return {
    async load(url) {
      const known = await renderers();
      await navigate(url);
      const now = await renderers();
      const own = [...now].filter((one) => !before.has(one));
      const pid = own.findLast((one) => !known.has(one)) ?? own.at(-1) ?? null;
      if (pid !== null) demandSandbox(pid);
      return pid;
    },
    async evaluate(code, world) {
      const where = world === 'preload' ? { contextId: preloadContext ?? 0 } : {};
      const { result, exceptionDetails } = (await send('Runtime.evaluate', {
        expression: code,
        awaitPromise: true,
        returnByValue: true,
        userGesture: true,
        ...where,
      })) as { result: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } };
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    tell(message) {
      const text = JSON.stringify(message);
      if (preloadContext === null) return;
      for (let at = 0; at < text.length; at += PART_CHARACTERS) {
        const part = text.slice(at, at + PART_CHARACTERS);
        // Given as a value, not as source: parsing a body of megabytes as a script takes seconds.
        send('Runtime.callFunctionOn', {
          functionDeclaration: '(part, isLast) => standInHear(part, isLast)',
          arguments: [{ value: part }, { value: at + PART_CHARACTERS >= text.length }],
          executionContextId: preloadContext,
        }).catch(() => undefined);
      }
    },
    crash: () => void send('Page.crash').catch(() => undefined),
    async close() {
      stop();
      await devTools.send('Target.closeTarget', { targetId }).catch(() => undefined);
    },
  };
}

/** Lets one window at a time be opened and loaded. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}
