// What is around the app in a journey: a folder of its own, a free port, a desktop with or without a tray. Must not know the app.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { AppDriver, AppOptions, StartApp } from './app-driver.ts';

export interface World<App extends AppDriver> {
  readonly dataDir: string;
  readonly port: number;
  readonly app: App;
  /** Ends the app and removes its folder. */
  readonly end: () => Promise<void>;
}

export interface WorldOptions {
  readonly args?: readonly string[];
  readonly hasTray?: boolean;
  /** Before the app starts. */
  readonly before?: (dataDir: string, port: number) => Promise<void> | void;
}

/** The app on a free port, with a folder of its own, until `end`. */
export async function inWorld<App extends AppDriver>(
  start: (options: AppOptions) => Promise<App>,
  given: WorldOptions = {},
): Promise<World<App>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-app-'));
  const port = await freePort();
  await given.before?.(dataDir, port);
  const options: AppOptions = {
    dataDir,
    args: given.args ?? ['--port', String(port)],
    env: desktop(dataDir, given.hasTray ?? true),
  };
  const app = await start(options);
  return {
    dataDir,
    port,
    app,
    async end() {
      await app.kill();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The same, which ends with the test. Called inside a test. */
export async function inOwnWorld(start: StartApp, given: WorldOptions = {}): Promise<World<AppDriver>> {
  const world = await inWorld(start, given);
  onTestFinished(() => world.end());
  return world;
}

/** A desktop that shows tray icons, or not: what the session's bus answers. */
function desktop(dataDir: string, hasTray: boolean): Readonly<Record<string, string>> {
  const bin = path.join(dataDir, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'gdbus'), `#!/bin/sh\necho '(<${hasTray}>,)'\n`);
  chmodSync(path.join(bin, 'gdbus'), 0o755);
  return { PATH: `${bin}${path.delimiter}${process.env['PATH']}` };
}

export async function freePort(): Promise<number> {
  const server = await listen(createServer(), 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Another program on a port, which answers /info as TabPy does; gone when the test ends. */
export async function occupy(port: number): Promise<{ free(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ server_version: '2.13.0', name: 'Another', versions: { v1: { features: {} } } }));
  });
  await listen(server, port);
  const free = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(free);
  return { free };
}

function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Whether the server answers /info there. */
export async function isAnswering(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/info`)).ok;
  } catch {
    return false;
  }
}

/** Runs a script; answers status and body. Rejects when nobody answers. */
export async function evaluate(port: number, script: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`http://127.0.0.1:${port}/evaluate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: {}, script }),
  });
  return { status: answer.status, body: await answer.json() };
}
