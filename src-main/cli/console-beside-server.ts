// Opens the console beside the server and keeps its links in the data folder.

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../activity/log.ts';
import type { Parts } from '../composition/parts.ts';
import { forgetLink, keepLink } from '../console/console-link.ts';
import { openConsole } from '../console/console.ts';
import { buildApp, isStale } from '../launcher/built-app.ts';

export interface RunningConsole {
  /** The link to print; later links are in the data folder. */
  readonly link: string;
  readonly close: () => Promise<void>;
}

/** Builds the page when it is older than its sources. Rejects with an Error whose message is a sentence for the user. */
export async function startConsole(
  { page }: Pick<Parts, 'page'>,
  dataDir: string,
  port: number,
  log: Log,
): Promise<RunningConsole> {
  const root = path.resolve(import.meta.dirname, '../..');
  const folder = path.join(root, 'out/renderer');
  if (isStale(root)) {
    log.info('building the page of the console, after a change of its sources');
    const fault = await buildApp(root);
    if (fault !== null && !existsSync(path.join(folder, 'index.html')))
      throw new Error(`The page of the console cannot be built: ${fault}. Leave out --console to run without it.`);
  }
  const opened = await openConsole({
    calls: page.calls,
    onEvent: (tell) => page.onEvent(tell),
    page: folder,
    port,
    log,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The console cannot use port ${port} (${error.code ?? error.message}). Choose another --console-port.`,
    );
  });
  await keepLink(dataDir, opened.link());
  opened.onNewLink((link) => {
    keepLink(dataDir, link).catch((error: unknown) => log.warn(`the console's link cannot be saved: ${String(error)}`));
  });
  return {
    link: opened.link(),
    async close() {
      await opened.close();
      await forgetLink(dataDir);
    },
  };
}
