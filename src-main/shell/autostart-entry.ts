// The desktop entry that starts the program at login on Linux, as text. Pure; must not know where it is kept.

/** @param command program and arguments, each as it is */
export function autostartEntry(name: string, command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    'Comment=A TabPy server for Tableau in the tray',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** An argument by the rules of the Desktop Entry Specification ("The Exec key"): quoted, then escaped as any string. */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  return `"${inQuotes}"`.replaceAll('\\', String.raw`\\`);
}
