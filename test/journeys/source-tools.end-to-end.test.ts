// What the editor asks, answered by the Python of the real server.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplyMeta } from '../../src-main/runtime/messages.ts';
import { createSourceTools } from '../../src-main/authoring/source-tools.ts';
import type { SourceTools } from '../../src-main/authoring/source-tools.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

describe('the editor', () => {
  let server: RunningServer;
  let tools: SourceTools;

  beforeAll(async () => {
    server = await startServer();
    tools = createSourceTools({
      async read(body) {
        const answer = await fetch(`${server.url}/evaluate`, { method: 'POST', body: body.toString() });
        const meta: ReplyMeta = { status: answer.status, bodyBytes: 0 };
        return { kind: 'answered', meta, body: Buffer.from(await answer.arrayBuffer()) };
      },
    });
  });
  afterAll(async () => {
    await server?.stop();
  });

  it('learns of functions and their parameters, also what the docstring says', async () => {
    const source =
      'def profit(sales, costs: float = 0):\n    """Profit.\n\n    Args:\n        sales: What was sold.\n    """\n';
    expect(await tools.checkSource(source)).toEqual({
      functions: [
        {
          name: 'profit',
          docstring: 'Profit.\n\nArgs:\n    sales: What was sold.',
          line: 1,
          parameters: [
            { name: 'sales', type: 'any', isRequired: true, about: 'What was sold.' },
            { name: 'costs', type: 'number', isRequired: false, about: '' },
          ],
        },
      ],
      problems: [],
    });
  });

  it("is told of mistakes in Python's own words", async () => {
    const { functions, problems } = await tools.checkSource('def f(x):\n    return x +\n');
    expect(functions).toBeNull();
    expect(problems).toEqual([
      { severity: 'error', text: 'invalid syntax', line: 2, column: 15, endLine: 2, endColumn: 16 },
    ]);
  });

  it('is offered what packages hold', async () => {
    const source = 'import numpy as np\ndef f(x):\n    return np.sq\n';
    const offers = await tools.completeSource(source, source.indexOf('np.sq') + 5);
    expect(offers).toContainEqual(expect.objectContaining({ label: 'sqrt', kind: 'function' }));
    const scikit = 'from sklearn.cluster import DBS';
    const [first] = await tools.completeSource(scikit, scikit.length);
    expect(first).toEqual({ label: 'DBSCAN', kind: 'class', about: expect.stringMatching(/^\(eps=0\.5/) });
  });

  it('makes a function of a script that answers as the script did, once it is deployed', async () => {
    const script = 'import math\nreturn [f"{math.floor(x)}:{y}" for x, y in zip(_arg1, _arg2)]';
    const data = { _arg1: [1.5, 2.5], _arg2: ['a', 'b'] };
    const source = await tools.promoteScript(script, 'floors', ['values', 'names']);
    const deploy = `from tabpy.tabpy_tools.client import Client\n${source}\nClient('${server.url}').deploy('floors', floors, '', override=True)`;
    expect((await server.evaluate(deploy)).status).toBe(200);
    const direct = (await server.evaluate(script, data)).body;
    const query = { data: { values: data._arg1, names: data._arg2 } };
    expect(direct).toEqual(['1:a', '2:b']);
    expect(await server.post('/query/floors', query)).toMatchObject({ status: 200, body: { response: direct } });
  });

  it('makes a function of a script that asks another function', async () => {
    const client = `from tabpy.tabpy_tools.client import Client\nclient = Client('${server.url}')\n`;
    await server.evaluate(
      `${client}def twice(x):\n    return [2 * one for one in x]\nclient.deploy('twice', twice, '', override=True)`,
    );
    const script = "return tabpy.query('twice', _arg1)['response']";
    const source = await tools.promoteScript(script, 'again', ['values']);
    expect((await server.evaluate(`${client}${source}\nclient.deploy('again', again, '', override=True)`)).status).toBe(
      200,
    );
    expect(await server.post('/query/again', { data: { values: [1, 2] } })).toMatchObject({
      status: 200,
      body: { response: [2, 4] },
    });
  });
});
