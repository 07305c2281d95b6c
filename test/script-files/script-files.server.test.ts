import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
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
    if (change.kind === 'clear') lines.push('nothing');
    else if (change.kind === 'remove') lines.push(`- ${change.name}`);
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

  it('that are gone are remembered up to two thousand; an older copy begins with nothing', async () => {
    const many = temporaryFolder();
    for (let one = 0; one < 700; one += 1) await writeFile(path.join(many, `${one}.csv`), '');
    const more = temporaryFolder();
    for (let one = 700; one < 1_400; one += 1) await writeFile(path.join(more, `${one}.csv`), '');
    const last = temporaryFolder();
    for (let one = 1_400; one < 2_100; one += 1) await writeFile(path.join(last, `${one}.csv`), '');
    const few = temporaryFolder();
    await writeFile(path.join(few, 'a.csv'), '1');
    const { files } = filesWith();
    await files.use(few);
    const first = files.revision();
    for (const folder of [many, more, last, few]) await files.use(folder);
    expect(await told(files, -1)).toHaveLength(2_001);
    expect(await told(files, first)).toEqual(['nothing', 'a.csv 0 1.']);
    expect(await told(files, files.revision() - 1)).toHaveLength(701);
  });

  it('are not read where a link took the place of a file, or of its folder, since they were found', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    await mkdir(path.join(folder, 'sub'));
    for (const name of ['a.csv', 'sub/b.csv', 'c.csv']) await writeFile(path.join(folder, name), '1');
    await writeFile(path.join(elsewhere, 'b.csv'), 'secret');
    const { files } = filesWith();
    await files.use(folder);
    await rm(path.join(folder, 'a.csv'));
    await symlink(path.join(elsewhere, 'b.csv'), path.join(folder, 'a.csv'));
    await rename(path.join(folder, 'sub'), path.join(folder, '.sub'));
    await symlink(elsewhere, path.join(folder, 'sub'));
    expect(await told(files, -1)).toEqual(['c.csv 0 1.']);
  });

  it.skipIf(process.platform === 'win32')(
    'keep nobody waiting where a pipe or a folder took the place of a file',
    async () => {
      const folder = temporaryFolder();
      for (const name of ['a.csv', 'b.csv', 'c.csv']) await writeFile(path.join(folder, name), '1');
      const { files } = filesWith();
      await files.use(folder);
      await rm(path.join(folder, 'a.csv'));
      execFileSync('mkfifo', [path.join(folder, 'a.csv')]);
      await rm(path.join(folder, 'b.csv'));
      await mkdir(path.join(folder, 'b.csv'));
      expect(await told(files, -1)).toEqual(['c.csv 0 1.']);
    },
  );

  it('that are left out are named a few at a time', async () => {
    const folder = temporaryFolder();
    for (let number = 0; number < 30; number += 1) await symlink('nowhere', path.join(folder, `${number}.csv`));
    const { files, warned } = filesWith();
    await files.use(folder);
    expect(warned).toHaveLength(1);
    expect(warned[0]).toMatch(/0\.csv is not a regular file; .*; and 20 more$/);
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
