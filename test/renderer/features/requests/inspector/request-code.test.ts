import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../../../../src-shared/request-record.ts';
import { curlOf, pythonOf } from '../../../../../src-renderer/features/requests/inspector/request-code.ts';

const post = { method: 'POST', path: '/evaluate' } as RequestRecord;
const info = { method: 'GET', path: '/info' } as RequestRecord;
const BODY = JSON.stringify({ script: `return "it's" + '$HOME' + "\u2028é"`, data: { _arg1: [1] } });

describe('a request as a command', () => {
  it.skipIf(process.platform === 'win32')('reaches the server letter by letter through a shell', () => {
    const command = curlOf('http://localhost:9004', post, BODY, 'linux').replace(/^curl/, `printf '%s\\n'`);
    const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n');
    expect(words).toContain(BODY);
    expect(words).toContain('http://localhost:9004/evaluate');
  });

  it('is short for what has no body, and reads a long body from a file', () => {
    expect(curlOf('http://localhost:9004', info, '', 'linux')).toBe('curl http://localhost:9004/info');
    expect(curlOf('http://localhost:9004', post, 'x'.repeat(30_000), 'linux')).toContain('@request.json');
  });

  it('has double quotes on Windows', () => {
    expect(curlOf('http://localhost:9004', post, '{"a":1}', 'win32')).toContain('"{\\"a\\":1}"');
  });
});

describe('a request as Python', () => {
  it('sends the same body', () => {
    const code = pythonOf('http://localhost:9004', post, BODY);
    const assignment = code.split('\n').find((line) => line.startsWith('body = '))!;
    const printed = execFileSync('python3', ['-X', 'utf8', '-c', `${assignment}\nprint(body, end="")`], {
      encoding: 'utf8',
    });
    expect(printed).toBe(BODY);
    expect(code).toContain('"http://localhost:9004/evaluate"');
  });

  it('is one line of work for what has no body', () => {
    expect(pythonOf('http://localhost:9004', info, '')).toContain('urlopen("http://localhost:9004/info")');
  });
});
