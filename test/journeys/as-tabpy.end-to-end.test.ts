// What only the whole way through WebAssembly shows: TabPy's spelling and TabPy's limits, measured on TabPy 2.16.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

describe('an answer beside that of TabPy', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const post = async (path: string, body: string): Promise<{ status: number; text: string }> => {
    const reply = await fetch(server.url + path, { method: 'POST', body });
    return { status: reply.status, text: await reply.text() };
  };
  const evaluate = (script: string, data = '{}'): ReturnType<typeof post> =>
    post('/evaluate', `{"data": ${data}, "script": ${JSON.stringify(script)}}`);

  it.each([
    ['return [float(1), float("NaN"), float(2)]', '[1.0, null, 2.0]'],
    ["return {'a': [1, None], 'é': 1e16}", '{"a": [1, null], "\\u00e9": 1e+16}'],
    ["import pandas as pd\nreturn pd.DataFrame({'a': [1, 2]})", '{"a": [1, 2]}'],
    ['return tabpy.query("nope", 1)', '{"message": "UnknownURI", "info": "Endpoint \'nope\' does not exist"}'],
  ])('is spelled letter by letter: %s', async (script, text) => {
    expect(await evaluate(script)).toEqual({ status: 200, text });
  });

  it('of a function is spelled letter by letter', async () => {
    const deploy =
      "from tabpy.tabpy_tools.client import Client\nclient = Client('http://localhost:9004/')\n" +
      "def add(x, y):\n    return x + y\nclient.deploy('add', add)";
    expect(await evaluate(deploy)).toEqual({ status: 200, text: 'null' });
    const { text } = await post('/query/add', '{"data": [[1], [2.0]]}');
    expect(text).toMatch(/^\{"response": \[1, 2\.0\], "version": 1, "model": "add", "uuid": "[0-9a-f-]{36}"\}$/);
  });

  it('is as deep as it may be, and one level more ends nothing', async () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(await evaluate('return _arg1', `{"_arg1": ${nested(978)}}`)).toEqual({ status: 200, text: nested(978) });
    const tooDeep = await evaluate('return _arg1', `{"_arg1": ${nested(979)}}`);
    expect([tooDeep.status, tooDeep.text]).toEqual([500, expect.stringContaining('RecursionError : ') as string]);
    const grown = await evaluate('x = []\nfor _ in range(980):\n  x = [x]\nreturn x');
    expect(grown).toEqual({ status: 200, text: nested(981) });
    expect((await evaluate('x = []\nfor _ in range(5000):\n  x = {"a": x}\nreturn x')).status).toBe(500);
    expect(await evaluate('return 1')).toEqual({ status: 200, text: '1' });
  });
});
