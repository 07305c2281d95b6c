import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { editText } from '../../../../src-main/engines/builtin/image/text-edits.ts';

const TEXT = Buffer.from('a = 1\nb = 1\n');
const rule = {
  file: 'some/module.py',
  sha256: createHash('sha256').update(TEXT).digest('hex'),
  edits: [{ find: ' 1', put: ' $&2', times: 2 }],
};

describe('edits of a Python file', () => {
  it('put the text in every place, as it is written', () => {
    expect(Buffer.from(editText(TEXT, rule)).toString()).toBe('a = $&2\nb = $&2\n');
  });

  it('fail where the text is found another number of times', () => {
    const edits = [{ find: ' 1', put: ' 2', times: 1 }];
    expect(() => editText(TEXT, { ...rule, edits })).toThrow('" 1" was found 2 times, not 1');
  });

  it('fail for any other file, and for none', () => {
    expect(() => editText(Buffer.from('a = 1\nb = 1\n\n'), rule)).toThrow('some/module.py has the SHA-256');
    expect(() => editText(undefined, rule)).toThrow('some/module.py is missing');
  });
});
