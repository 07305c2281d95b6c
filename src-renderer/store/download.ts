// Download of an archive by the browser. The window of the tray app has none: its program saves files (`saveFile`).

/** `archive` in base64. @returns true: a browser does not tell whether it saved the file */
export function downloadArchive(name: string, archive: string): boolean {
  const bytes = Uint8Array.from(atob(archive), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
  return true;
}
