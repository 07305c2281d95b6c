import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { applyRules, ASM_RULES, LOADER_RULES } from '../../../../src-main/engines/builtin/image/edit-rules.ts';

const PYODIDE = resolve(import.meta.dirname, '../../../../node_modules/pyodide');
const textOf = (file: string): string => readFileSync(join(PYODIDE, file), 'utf8');

describe('the edit rules', () => {
  it('fit the Pyodide that is installed', () => {
    expect(() => applyRules('pyodide.asm.mjs', textOf('pyodide.asm.mjs'), ASM_RULES)).not.toThrow();
    expect(() => applyRules('pyodide.mjs', textOf('pyodide.mjs'), LOADER_RULES)).not.toThrow();
  });

  it('name the rule that a changed Pyodide no longer satisfies', () => {
    const changed = textOf('pyodide.asm.mjs').replace('eval(', 'evil(');
    expect(() => applyRules('pyodide.asm.mjs', changed, ASM_RULES)).toThrow('the rule "no eval" found 5 places, not 6');
  });

  it('leave no import and no eval behind', () => {
    const edited = applyRules('pyodide.asm.mjs', textOf('pyodide.asm.mjs'), ASM_RULES);
    expect(edited).not.toMatch(/(?<![.\w])(?:import|eval)\(/);
    expect(edited).not.toContain('import.meta');
  });
});
