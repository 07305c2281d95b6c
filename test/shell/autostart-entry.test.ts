// The desktop entry that starts the program at login on Linux.

import { describe, expect, it } from 'vitest';
import { autostartEntry } from '../../src-main/shell/autostart-entry.ts';

const execOf = (...command: readonly string[]): string | undefined =>
  autostartEntry('TabPy Tray', command)
    .split('\n')
    .find((line) => line.startsWith('Exec='));

describe('the autostart entry', () => {
  it('starts the program hidden', () => {
    const entry = autostartEntry('TabPy Tray', ['/opt/TabPy Tray/tabpy-tray', '--hidden']);
    expect(entry.split('\n')).toEqual([
      '[Desktop Entry]',
      'Type=Application',
      'Name=TabPy Tray',
      'Comment=A TabPy server for Tableau in the tray',
      'Exec="/opt/TabPy Tray/tabpy-tray" "--hidden"',
      'Terminal=false',
      'X-GNOME-Autostart-enabled=true',
      '',
    ]);
  });

  it('quotes what the specification gives a meaning to', () => {
    expect(execOf('/a"b')).toBe(String.raw`Exec="/a\\"b"`);
    expect(execOf('/a$b`c')).toBe('Exec="/a\\\\$b\\\\`c"');
    expect(execOf('/a\\b')).toBe(String.raw`Exec="/a\\\\b"`);
    expect(execOf('/100%')).toBe('Exec="/100%%"');
  });
});
