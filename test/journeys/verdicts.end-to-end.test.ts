// An analyst finds the cause of each failure in the list with one click, and mends it with four more: row, Repair, run,
// copy. Requests come as Tableau sends them.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { REQUEST_WORDS, VERDICT_WORDS } from '../../src-renderer/features/requests/words.ts';
import { INSPECTOR_WORDS, REPAIR_WORDS } from '../../src-renderer/features/requests/inspector/words.ts';
import { WORDS } from '../../src-renderer/text/words.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const program = findChromium();
if (program === null) console.warn('SKIPPED: verdicts in the window; no Chromium found.');

const LINK = /in a browser: (\S+)/;
const TABLEAU = { 'tabpy-client': 'Tableau Desktop', 'tabpy-user': 'ann' };
const NUMBERS = [1, 2, 3];
const LARGE = Array.from({ length: 400_000 }, (_, row) => (row === 77 ? null : row + 0.5));

interface Case {
  readonly name: string;
  readonly script: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** How the row says it, in the list. */
  readonly reason: string;
  /** How its details say it, where in other words. */
  readonly told?: string;
  /** What Python said, beside it and to Tableau; null where the reason is Python's own text or there is no error. */
  readonly python: string | null;
  /** What the analyst writes; null: the script is not what must be mended. */
  readonly mended: string | null;
  /** What Tableau gets from Copy for Tableau. */
  readonly copied?: string;
}

const DOUBLED = 'return [0 if x is None else x * 2 for x in _arg1]';
const CASES: readonly Case[] = [
  {
    name: 'a null in an argument',
    script: 'return [x * 2 for x in _arg1]',
    data: { _arg1: [1, null, 3] },
    reason: '_arg1 is null in row 2.',
    python: "TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'",
    mended: DOUBLED,
    copied: `SCRIPT_INT("${DOUBLED}", SUM([Field 1]))`,
  },
  {
    name: 'ATTR that is null',
    script: 'return [x.upper() for x in _arg1]',
    data: { _arg1: [null, null] },
    reason: '_arg1 is null in every row.',
    python: "AttributeError: 'NoneType' object has no attribute 'upper'",
    mended: 'return ["-" for x in _arg1]',
    copied: 'SCRIPT_STR("return [""-"" for x in _arg1]", SUM([Field 1]))',
  },
  {
    name: 'a column used as one value',
    script: 'return _arg1 / 100',
    data: { _arg1: NUMBERS },
    reason: '_arg1 is a column of 3 values, and this line uses it as one value.',
    python: "TypeError: unsupported operand type(s) for /: 'list' and 'int'",
    mended: 'return [x / 100 for x in _arg1]',
    copied: 'SCRIPT_REAL("return [x / 100 for x in _arg1]", SUM([Field 1]))',
  },
  {
    name: 'a wrong length',
    script: 'return _arg1[1:]',
    data: { _arg1: NUMBERS },
    reason: '2 values for 3 rows.',
    python: null,
    mended: 'return _arg1',
  },
  {
    name: 'a list times a number',
    script: 'return _arg1 * 2',
    data: { _arg1: NUMBERS },
    reason: '6 values for 3 rows.',
    python: null,
    mended: DOUBLED,
  },
  {
    name: 'mixed types',
    script: "return [x if x > 1 else 'n/a' for x in _arg1]",
    data: { _arg1: NUMBERS },
    reason: 'text and number in one column, from row 2.',
    told: 'Row 2 has the type number',
    python: null,
    mended: 'return [x if x > 1 else None for x in _arg1]',
  },
  {
    name: 'a nested list',
    script: 'return [[x] for x in _arg1]',
    data: { _arg1: NUMBERS },
    reason: 'A list or an object in row 1.',
    told: 'Row 1 is a list or an object.',
    python: null,
    mended: 'return [x for x in _arg1]',
  },
  {
    name: 'a missing package',
    script: 'import xgboost\nreturn _arg1',
    data: { _arg1: NUMBERS },
    reason: 'The package xgboost can be added on the Packages screen of TabPy Tray.',
    python: "ModuleNotFoundError: No module named 'xgboost'",
    mended: null,
  },
  {
    name: "a path of the user's disk",
    script: "prices = open(r'C:\\Users\\me\\prices.csv').read()\nreturn 1",
    data: { _arg1: NUMBERS },
    reason: 'Scripts can read files of this computer only under /data.',
    python: 'FileNotFoundError',
    mended: 'return 1',
  },
  {
    name: 'a deployed function that is called like one of Python',
    script: 'return predict(_arg1)',
    data: { _arg1: NUMBERS },
    reason: 'predict is a deployed function.',
    python: "NameError: name 'predict' is not defined",
    mended: "return tabpy.query('predict', _arg1)['response']",
  },
  {
    name: 'a function that is not deployed',
    script: "return tabpy.query('predct', _arg1)['response']",
    data: { _arg1: NUMBERS },
    reason: "No function is deployed under the name 'predct'.",
    python: "KeyError: 'response'",
    mended: "return tabpy.query('predict', _arg1)['response']",
  },
  {
    name: 'a time-out',
    script: 'while True:\n    pass',
    data: { _arg1: NUMBERS },
    reason: 'Stopped after 2 s, which is the time-out.',
    python: null,
    mended: 'return _arg1',
  },
  {
    name: 'text where a number is needed',
    script: 'return [x - 1 for x in _arg1]',
    data: { _arg1: ['12', '13'] },
    reason: "_arg1 is text, such as '12', and this line needs a number.",
    python: "TypeError: unsupported operand type(s) for -: 'str' and 'int'",
    mended: 'return [float(x) - 1 for x in _arg1]',
    copied: 'SCRIPT_INT("return [float(x) - 1 for x in _arg1]", ATTR([Field 1]))',
  },
  {
    name: 'no return',
    script: 'y = [x + 1 for x in _arg1]',
    data: { _arg1: NUMBERS },
    reason: 'The script returned nothing.',
    python: null,
    mended: 'return [x + 1 for x in _arg1]',
  },
  {
    name: 'NaN that becomes a whole number',
    script: 'import math\nbad = math.inf - math.inf + _arg1[0]\nreturn int(bad)',
    data: { _arg1: NUMBERS },
    reason: 'No argument is null here, so the script itself made NaN',
    python: 'ValueError: cannot convert float NaN to integer',
    mended: 'return 1',
  },
  {
    name: 'the limit of memory',
    script: 'x = bytearray(2_000_000_000)\nreturn 1',
    data: { _arg1: NUMBERS },
    reason: "Python's memory is at most",
    python: 'MemoryError',
    mended: 'return 1',
  },
  {
    name: 'the network',
    script: "import socket\nsocket.create_connection(('example.com', 80))\nreturn 1",
    data: { _arg1: NUMBERS },
    reason: 'Scripts have no network here.',
    python: 'Error',
    mended: 'return 1',
  },
  {
    name: 'a line that Python cannot read',
    script: 'total = 0\nfor x in _arg1\n    total += x\nreturn total',
    data: { _arg1: NUMBERS },
    reason: "SyntaxError : expected ':' (<string>, line 2)",
    python: null,
    mended: 'total = 0\nreturn sum(_arg1)',
  },
  {
    name: 'a request of 3 MB',
    script: '# Large\nreturn [x * 2 for x in _arg1]',
    data: { _arg1: LARGE },
    reason: '_arg1 is null in row 78.',
    python: "TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'",
    mended: DOUBLED,
    copied: `SCRIPT_REAL("${DOUBLED}", SUM([Field 1]))`,
  },
  {
    name: 'a Prep script with the name of a column in other letters',
    script: [
      'def clean(table):',
      "    table['total'] = [a * b for a, b in zip(table['Sales'], table['qty'])]",
      '    return table',
      'return clean(_arg1)',
    ].join('\n'),
    data: { _arg1: { sales: [1, 2], qty: [3, 4] } },
    reason: "The table has no column 'Sales'.",
    python: "KeyError: 'Sales'",
    mended: "return {**_arg1, 'total': [a * b for a, b in zip(_arg1['sales'], _arg1['qty'])]}",
  },
];

describe.skipIf(program === null)('an analyst whose calculation has no result', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let clicks = 0;

  const press = async (control: Locator): Promise<void> => {
    clicks += 1;
    await control.click();
  };
  const rowOf = (reason: string): Locator => page.getByRole('row').filter({ hasText: reason });

  beforeAll(async () => {
    const env = { TABPY_EVALUATE_TIMEOUT: '2' };
    [server, browser] = await Promise.all([startServer({ args: ['--console'], env }), launchChromium(program!)]);
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ permissions, viewport: { width: 1_040, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const link = await vi.waitFor(
      () => LINK.exec(server.output())?.[1] ?? Promise.reject(new Error('no link')),
      60_000,
    );
    await page.goto(link);
    await page.getByRole('banner').waitFor();
    const deployed = await server.evaluate(
      [
        'from tabpy.tabpy_tools.client import Client',
        "client = Client('http://localhost:9004/')",
        'def predict(sales):',
        '    return [x * 2 for x in sales]',
        "client.deploy('predict', predict, 'Doubles', override=True)",
      ].join('\n'),
    );
    expect(deployed.status).toBe(200);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it.each(CASES)(
    'finds the cause and mends it: $name',
    async ({ script, data, reason, told, python, mended, copied }) => {
      const answer = await server.post('/evaluate', { api_key: '', script, data }, TABLEAU);
      const info = JSON.stringify(answer.body);
      if (python !== null && info.includes('"info"')) {
        const [type = ''] = python.split(':');
        expect(info).toContain(type === 'KeyError' && answer.status === 404 ? 'did not respond' : type);
      }
      clicks = 0;
      await press(page.getByRole('link', { name: WORDS.screens.requests, exact: true }));
      await press(rowOf(reason).first());
      const banner = page.locator('.banner').first();
      await banner
        .getByText(told ?? reason, { exact: false })
        .first()
        .waitFor();
      if (python !== null) await banner.getByText(python, { exact: false }).waitFor();
      expect(clicks).toBe(2);
      if (mended === null) return;
      await press(page.getByRole('button', { name: INSPECTOR_WORDS.repair }));
      await page.getByRole('textbox', { name: REPAIR_WORDS.script }).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(mended);
      await press(page.getByRole('button', { name: REPAIR_WORDS.run }));
      const after = page.getByRole('region', { name: REPAIR_WORDS.after, exact: true });
      await after.getByRole('status').filter({ hasText: VERDICT_WORDS.ok }).waitFor();
      const isTable = Object.values(data).some((one) => typeof one === 'object' && !Array.isArray(one));
      await press(page.getByRole('button', { name: isTable ? REPAIR_WORDS.copyScript : REPAIR_WORDS.copyFormula }));
      expect(clicks).toBe(5);
      const text = await page.evaluate('navigator.clipboard.readText()');
      if (copied === undefined) expect(text).toContain(mended.replaceAll('"', isTable ? '"' : '""'));
      else expect(text).toBe(copied);
    },
  );

  it('reads of a function that failed by itself which of its parameters is to blame', async () => {
    const { status, body } = await server.post('/query/predict', { data: { sales: [1, null] } }, TABLEAU);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).toContain('sales is null in row 2.');
    await rowOf('sales is null in row 2.').first().click();
    await page.locator('.banner').getByText("TypeError: unsupported operand type(s) for *: 'NoneType'").waitFor();
    await page.getByRole('button', { name: INSPECTOR_WORDS.editFunction }).waitFor();
  });

  it('stops one of several endless scripts on its row, and no other', async () => {
    const users = ['ben', 'cleo'];
    const stopped: string[] = [];
    const runs = users.map(async (user) => {
      const script = `# Endless ${user}\nwhile True: pass`;
      await server.post('/evaluate', { script, data: {} }, { ...TABLEAU, 'tabpy-user': user });
      stopped.push(user);
    });
    await page.getByRole('button', { name: REQUEST_WORDS.stopOne('Endless ben') }).click();
    await rowOf('a user stopped it').filter({ hasText: 'Endless ben' }).waitFor();
    expect(stopped).toEqual(['ben']);
    await Promise.all(runs);
    await rowOf('which is the time-out').filter({ hasText: 'Endless cleo' }).waitFor();
  });
});
