import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scan } from '../../src-main/script-files/scan.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const LIMITS = { files: 3, fileBytes: 10, bytes: 20 };

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

describe('a folder of files for scripts', () => {
  it('is looked through with its folders, in the order of names', async () => {
    const { files, leftOut } = await scan(await folderWith({ 'b.csv': '1', 'a/model.joblib': '12' }), LIMITS);
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['a/model.joblib', 2],
      ['b.csv', 1],
    ]);
    expect(leftOut).toEqual([]);
  });

  it('follows no link out of it, nor any within', async () => {
    const folder = await folderWith({ 'a.csv': '1' });
    await symlink('/etc/passwd', path.join(folder, 'passwd'));
    await symlink('/etc', path.join(folder, 'etc'));
    await symlink('a.csv', path.join(folder, 'b.csv'));
    const { files, leftOut } = await scan(folder, LIMITS);
    expect(files.map(({ name }) => name)).toEqual(['a.csv']);
    expect(leftOut).toEqual([
      'b.csv is not a regular file',
      'etc is not a regular file',
      'passwd is not a regular file',
    ]);
  });

  it('leaves out what is too large, too much, or unfinished, and says so', async () => {
    const folder = await folderWith({
      'a.csv': '1'.repeat(11),
      'b.csv': '1'.repeat(9),
      'c.csv': '1'.repeat(9),
      'd.csv': '123',
      'e.csv': '1',
      'f.csv': '1',
      '.hidden': '1',
      'g.csv.tmp': '1',
      '~$h.xlsx': '1',
    });
    const { files, leftOut } = await scan(folder, LIMITS);
    expect(files.map(({ name }) => name)).toEqual(['b.csv', 'c.csv', 'e.csv']);
    expect(leftOut).toEqual([
      'a.csv is larger than 0.00001 MB',
      'd.csv does not fit: the files together are larger than 0.00002 MB',
      'there are more than 3 files',
    ]);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'with a folder in it that cannot be read still has its others',
    async () => {
      const folder = await folderWith({ 'a.csv': '1', 'closed/b.csv': '1' });
      await chmod(path.join(folder, 'closed'), 0);
      const { files, leftOut } = await scan(folder, LIMITS);
      await chmod(path.join(folder, 'closed'), 0o700);
      expect(files.map(({ name }) => name)).toEqual(['a.csv']);
      expect(leftOut).toEqual(['closed cannot be read (EACCES)']);
    },
  );

  it('can change while it is looked through', async () => {
    const folder = await folderWith({ 'a.csv': '1' });
    const done = new AbortController();
    const changing = (async () => {
      while (!done.signal.aborted) {
        await writeFile(path.join(folder, 'b.csv'), '1');
        await mkdir(path.join(folder, 'c'));
        await rm(path.join(folder, 'b.csv'));
        await rm(path.join(folder, 'c'), { recursive: true });
      }
    })();
    try {
      for (let time = 0; time < 300; time += 1) expect((await scan(folder, LIMITS)).files[0]?.name).toBe('a.csv');
    } finally {
      done.abort();
      await changing;
    }
  });

  it('that is not there is an error', async () => {
    await expect(scan(path.join(temporaryFolder(), 'nowhere'))).rejects.toThrow('ENOENT');
  });
});
