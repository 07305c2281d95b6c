import { describe, expect, it } from 'vitest';
import { tellingLine } from '../../src-shared/telling-line.ts';

describe('the line by which a script is known again', () => {
  it.each([
    ['return [x * 2 for x in _arg1]', 'return [x * 2 for x in _arg1]'],
    ['import numpy as np\nx = np.array(_arg1)\nreturn x.tolist()', 'return x.tolist()'],
    ['# Forecast of sales\nimport numpy as np\nreturn 1', 'Forecast of sales'],
    ['#------\nreturn 1', 'return 1'],
    ['# x = 5\nreturn 1', 'return 1'],
    [
      "import json\na = 1\nb = 2\nc = 3\nr = tabpy.query('predict', _arg1)\nreturn r['response']",
      "r = tabpy.query('predict', _arg1)",
    ],
    ['from sklearn import x\n\nmodel = fit(_arg1)\nfoo = 1\nbar = 2\nresult = 3\nreturn result', 'model = fit(_arg1)'],
    ['import numpy', 'import numpy'],
    ['', ''],
  ])('of %j is %j', (script, line) => {
    expect(tellingLine(script)).toBe(line);
  });
});
