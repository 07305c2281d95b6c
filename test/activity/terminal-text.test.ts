import { describe, expect, it } from 'vitest';
import { terminalText } from '../../src-main/activity/terminal-text.ts';

describe('text for a terminal', () => {
  it('keeps lines, tabs and every language', () => {
    expect(terminalText('a\tb\nZürich 東京 😀\n')).toBe('a\tb\nZürich 東京 😀\n');
  });

  it('steers nothing, whatever a function is described as', () => {
    expect(terminalText('\u001b[31mred\u001b]0;title\u0007\r\u009b2J\u202eexe')).toBe(
      '\\u001b[31mred\\u001b]0;title\\u0007\\u000d\\u009b2J\\u202eexe',
    );
  });
});
