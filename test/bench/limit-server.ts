// The ceiling of our stack: Koa that reads a body and answers a constant. Must not do anything that a server for Tableau would.

import { createServer } from 'node:http';
import Koa from 'koa';

// As our server has it; Node's five seconds would end while the other servers have their turn.
const KEEP_ALIVE_MS = 75_000;
const ANSWER = Buffer.from('3');

const app = new Koa();
app.use(async (ctx) => {
  for await (const _chunk of ctx.req) {
    // Only read.
  }
  ctx.set('Content-Type', 'application/json');
  ctx.body = ANSWER;
});

const handle = app.callback();
const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => void handle(request, response));
server.listen(Number(process.argv[2]), '127.0.0.1');
