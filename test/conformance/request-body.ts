// The bytes of a request's body. Pure.

import { gzipSync } from 'node:zlib';
import type { GeneratedBody, HttpRequest } from './case-form.ts';
import { jsonText } from './python-json.ts';
import type { Json } from './python-json.ts';

/** Null when the request has no body. */
export function bodyOf(request: HttpRequest): Buffer | null {
  const body = plainBody(request);
  return body !== null && request.gzip ? gzipSync(body) : body;
}

function plainBody({ json, text, gen }: HttpRequest): Buffer | null {
  if (json !== undefined) return Buffer.from(jsonText(json));
  if (text !== undefined) {
    if (!text.isWellFormed()) throw new Error('a text with half a character cannot be sent');
    return Buffer.from(text);
  }
  return gen === undefined ? null : generatedBody(gen);
}

/** A body for /evaluate. */
function generatedBody(gen: GeneratedBody): Buffer {
  switch (gen.kind) {
    case 'pad': {
      // Exactly n bytes.
      const [head, tail] = ['{"data":{"_arg1":"', `"},"script":${jsonText(gen.script)}}`];
      return Buffer.concat([
        Buffer.from(head),
        Buffer.alloc(gen.n - head.length - tail.length, 'x'),
        Buffer.from(tail),
      ]);
    }
    case 'args': {
      const numbers = Array.from({ length: gen.n }, (_, at) => [`_arg${at + 1}`, BigInt(at + 1)]);
      return evaluation(Object.fromEntries(numbers) as Record<string, Json>, gen.script);
    }
    case 'rows':
      return evaluation({ _arg1: Array.from({ length: gen.n }, (_, at) => at * 0.5) }, gen.script);
  }
}

function evaluation(data: Readonly<Record<string, Json>>, script: string): Buffer {
  return Buffer.from(jsonText({ data, script }));
}
