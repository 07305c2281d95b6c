// The routes that pip would take from this computer; a proxy of the settings comes first. Must not send anything.

import { homedir } from 'node:os';
import { readTextFile } from '../../disk/regular-file.ts';
import { pipSettings } from '../index/pip-config.ts';
import type { PipSettings } from '../index/pip-config.ts';
import type { RouteOptions } from './routes.ts';
import { openWeb } from './web.ts';
import type { OpenWeb } from './web.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** @param proxy of the settings; empty: pip's proxy, else that of `env` */
export async function pipRoutes(proxy: string, { pip, env }: { pip: PipSettings; env: Env }): Promise<RouteOptions> {
  const certificates = pip.certificates === null ? null : await readTextFile(pip.certificates).catch(() => null);
  return { env, proxy: proxy || pip.proxy || '', certificates };
}

/** Opens a client on these routes. Reads the settings of pip each time. */
export function pipWeb(proxy: string, env: Env): OpenWeb {
  return async () => {
    const pip = await pipSettings({ env, platform: process.platform, home: homedir() });
    return openWeb(await pipRoutes(proxy, { pip, env }));
  };
}
