import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

import { joinModules, reference } from '../../../../src-main/engines/builtin/image/join-modules.ts';

describe('joined modules', () => {
  it('keep their names apart and hand over what they export', () => {
    const { head, body } = joinModules([
      { name: 'first', source: 'const secret: number = 1;\nexport function one(): number {\n  return secret;\n}\n' },
      {
        name: 'second',
        source: "import { one } from './first.ts';\nconst secret = 2;\nexport const three = one() + secret;\n",
      },
    ]);
    expect(head).toBe('');
    expect(runInThisContext(`(() => {${body}return ${reference('second', 'three')};})()`)).toBe(3);
  });

  it("ask for Node's modules by require", () => {
    const { head } = joinModules([
      { name: 'a', source: "import { join as glue } from 'node:path';\nexport const x = glue('a', 'b');\n" },
    ]);
    expect(head).toBe("const module_node_path = require('node:path');\n");
  });

  it('refuse a module that comes before what it imports', () => {
    const source = "import { one } from './later.ts';\nexport const two = one;\n";
    expect(() => joinModules([{ name: 'early', source }])).toThrow('early imports ./later.ts');
  });
});
