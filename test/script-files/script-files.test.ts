import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScriptFiles } from '../../src-main/script-files/script-files.ts';
import type { ScriptFiles } from '../../src-main/script-files/script-files.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

function filesWith(pieceBytes = 1_000): { readonly files: ScriptFiles; readonly warned: string[] } {
  const warned: string[] = [];
  const files = createScriptFiles({
    log: { info: () => undefined, warn: (text) => void warned.push(text) },
    pieceBytes,
  });
  onTestFinished(() => files.close());
  return { files, warned };
}

/** What a copy of a revision would be told, as one line each. */
async function told(files: ScriptFiles, revision: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const change of files.changesSince(revision)) {
    if (change.kind === 'remove') lines.push(`- ${change.name}`);
    else
      lines.push(
        `${change.piece.name} ${change.piece.offset} ${change.piece.content.toString()}${change.piece.isLast ? '.' : ''}`,
      );
  }
  return lines;
}

describe('the files for scripts', () => {
  it('come in pieces, each file whole', async () => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, 'a.csv'), '1,2,3');
    await writeFile(path.join(folder, 'empty.txt'), '');
    const { files } = filesWith(2);
    await files.use(folder);
    expect(await told(files, -1)).toEqual(['a.csv 0 1,', 'a.csv 2 2,', 'a.csv 4 3.', 'empty.txt 0 .']);
    expect(await told(files, files.revision())).toEqual([]);
  });

  it('are followed: what changes or goes is told once', async () => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, 'a.csv'), '1');
    await writeFile(path.join(folder, 'b.csv'), '1');
    const { files } = filesWith();
    await files.use(folder);
    const before = files.revision();
    await writeFile(path.join(folder, 'a.csv'), '22');
    await rm(path.join(folder, 'b.csv'));
    await expect.poll(() => told(files, before), { timeout: 10_000 }).toEqual(['- b.csv', 'a.csv 0 22.']);
    expect(await told(files, files.revision())).toEqual([]);
  });

  it('of another folder take the place of those before', async () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    await writeFile(path.join(one, 'a.csv'), '1');
    await writeFile(path.join(other, 'b.csv'), '2');
    const { files } = filesWith();
    await files.use(one);
    const before = files.revision();
    await files.use(other);
    expect(await told(files, before)).toEqual(['- a.csv', 'b.csv 0 2.']);
    await files.use('');
    expect(await told(files, -1)).toEqual(['- a.csv', '- b.csv']);
  });

  it('of a folder that cannot be read stay those of the one before', async () => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, 'a.csv'), '1');
    const { files } = filesWith();
    await files.use(folder);
    await expect(files.use(path.join(folder, 'nowhere'))).rejects.toThrow('cannot be read (ENOENT');
    expect(await told(files, -1)).toEqual(['a.csv 0 1.']);
  });
});
