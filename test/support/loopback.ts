// Ports of this computer, for tests.

import { connect } from 'node:net';
import type { Server } from 'node:net';

/** The port of a server that listens. */
export function portOf(server: Server): number {
  return (server.address() as { port: number }).port;
}

/** Whether something accepts connections on a port of 127.0.0.1. */
export function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
