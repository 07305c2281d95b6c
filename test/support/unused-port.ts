// A port that nobody listens on, and that the system gives nobody who asks for any. Must not be left open.

import { createServer } from 'node:net';

/** Systems hand out ports from 32768 (Linux) or 49152 up: a test beside this one would get one of those. */
const LEAST = 20_000;
const MOST = 30_000;

export async function unusedPort(): Promise<number> {
  for (;;) {
    const port = LEAST + Math.floor(Math.random() * (MOST - LEAST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
