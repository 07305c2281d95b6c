// A file of functions: what goes in comes out, and what is not right in it is refused before it is unpacked.

import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { Refusal } from '../../src-shared/refusal.ts';
import { exportFile, readExportFile } from '../../src-main/functions/export-file.ts';
import { sha256 } from '../../src-main/functions/store/files.ts';
import type { ExportedFunction } from '../../src-main/functions/export-file.ts';

const one = (name: string, more: Partial<ExportedFunction> = {}): ExportedFunction => ({
  name,
  description: `what ${name} does`,
  docstring: 'doc',
  schema: { type: 'object' },
  isPublic: true,
  methods: [{ method: 'query' }],
  target: null,
  version: 3,
  functionName: 'f',
  python: '3.14.2',
  libraries: { numpy: '2.4.3' },
  source: `# ä\ndef f(): pass\n`,
  pickle: Buffer.from(`pickle of ${name}`),
  examples: [],
  ...more,
});

const zipOf = (files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> => {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return new Response(zip.outputStream as never).bytes().then((bytes) => Buffer.from(bytes));
};

const listing = (functions: readonly object[], more: object = {}): string =>
  JSON.stringify({ format: 1, program: '0.1.0', functions, ...more });

const listed = (name: string, more: object = {}): object => {
  const { source: _, pickle: __, examples: _examples, ...about } = one(name);
  const part = { file: 'source', bytes: 1, sha256: '0'.repeat(64) };
  return { ...about, source: part, pickle: null, ...more };
};

describe('a list of functions in a file', () => {
  const refused = async (manifest: string): Promise<string> => {
    const before = process.memoryUsage().heapUsed;
    const why = await readExportFile(await zipOf({ 'manifest.json': manifest })).catch((error: Error) => error);
    expect(why).toBeInstanceOf(Refusal);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000);
    return (why as Error).message;
  };
  const listOf = (items: string): string => `{"format":1,"program":"x","functions":[${items}1]}`;

  it.each(['[]', '{}', 'null', '{"name":"a"}'])(
    'that repeats %s without end is refused, and costs little',
    async (item) => {
      expect((await refused(listOf(`${item},`.repeat(700_000)))).length).toBeLessThan(300);
    },
  );

  it('is counted before one of its entries is looked at', async () => {
    expect(await refused(listOf('{},'.repeat(1_001)))).toContain('1000');
  });

  it('ends at the first that is wrong', async () => {
    expect(await refused(listOf('{},'.repeat(900)))).toContain('The list of functions in this file is damaged');
  });

  it.each([
    ['libraries', { libraries: Object.fromEntries(Array.from({ length: 1_001 }, (_, number) => [`l${number}`, '1'])) }],
    ['a version of Python', { python: '3'.repeat(2_000) }],
    ['a description', { description: 'd'.repeat(100_001) }],
    ['methods', { methods: Array.from({ length: 1_001 }, () => ({})) }],
  ])('is refused for %s that no function of ours has', async (_what, more) => {
    expect((await refused(listing([listed('a', more)]))).length).toBeLessThan(300);
  });
});

describe('a file of functions', () => {
  it('gives back what went in', async () => {
    const examples = [{ name: 'half', data: '{"x":[2]}', expected: '[1]' }];
    const functions = [one('add', { examples }), one('Add two', { source: null }), one('no pickle', { pickle: null })];
    const alias = one('alias', { target: 'add', source: null, pickle: null });
    const found = await readExportFile(await exportFile([...functions, alias], '0.1.0'));
    expect(found).toEqual([...functions, alias].map((function_) => ({ ...function_, problem: null })));
  });

  it('may be empty', async () => {
    expect(await readExportFile(await exportFile([], '0.1.0'))).toEqual([]);
  });

  it.each([
    ['no zip', Buffer.from('hello'), /cannot be read/],
    ['cut in the middle', exportFile([one('add')], '1').then((bytes) => bytes.subarray(0, 200)), /cannot be read/],
    ['another zip', zipOf({ 'readme.txt': 'x' }), /not a file of exported functions/],
    ['of a newer program', zipOf({ 'manifest.json': listing([], { format: 2 }) }), /newer TabPy Tray/],
    ['with a manifest that is none', zipOf({ 'manifest.json': '{"format": 1}' }), /list of functions/],
    ['with a function twice', zipOf({ 'manifest.json': listing([listed('a'), listed('a')]) }), /'a' twice/],
    [
      'with more than a server takes',
      zipOf({
        'manifest.json': listing([listed('a', { pickle: { file: 'x', bytes: 300_000_000, sha256: '0'.repeat(64) } })]),
      }),
      /larger than 220 MB/,
    ],
    ['with a manifest of thirty megabytes', zipOf({ 'manifest.json': Buffer.alloc(30_000_000, ' ') }), /is too large/],
    [
      'with a schema of a thousand levels',
      zipOf({
        'manifest.json': listing([]).replace(
          '[]',
          `[${JSON.stringify(listed('a')).replace('{"type":"object"}', `${'['.repeat(999)}${']'.repeat(999)}`)}]`,
        ),
      }),
      /list of functions/,
    ],
  ])('is refused when it is %s', async (_, archive, sentence) => {
    const reading = readExportFile(await archive);
    await expect(reading).rejects.toThrow(sentence);
    await expect(reading).rejects.toBeInstanceOf(Refusal);
  });

  it('is refused when it names a file twice', async () => {
    const zip = new ZipFile();
    for (const text of ['a', 'b']) zip.addBuffer(Buffer.from(text), 'manifest.json');
    zip.end();
    const archive = Buffer.from(await new Response(zip.outputStream as never).bytes());
    await expect(readExportFile(archive)).rejects.toThrow('twice');
  });

  /** A part of the manifest for a file of this text, which has the text as its name too. */
  const part = (text: string): object => ({ file: text, bytes: text.length, sha256: sha256(Buffer.from(text)) });
  const problemsIn = async (archive: Buffer): Promise<readonly (string | null)[]> =>
    (await readExportFile(archive)).map(({ problem }) => problem);

  it('says of each function what is wrong, and keeps the others', async () => {
    const archive = await zipOf({
      'manifest.json': listing([
        listed('../etc'),
        listed('missing', { source: { file: 'nowhere', bytes: 1, sha256: '0'.repeat(64) } }),
        listed('changed'),
        listed('nothing', { source: null }),
        listed('examples', { source: null, pickle: part('{'), examples: part('{') }),
        listed('long names', { source: part('x'), examples: part('[{"name": 1}]') }),
        listed('alias', { source: null, target: 'add' }),
      ]),
      source: 'x',
      ...Object.fromEntries(['x', '{', '[{"name": 1}]'].map((text) => [text, text])),
    });
    expect(await problemsIn(archive)).toEqual([
      expect.stringContaining('can only contain'),
      expect.stringContaining('is missing'),
      expect.stringContaining('was changed'),
      expect.stringContaining('neither its source nor its pickle'),
      expect.stringContaining('cannot be read'),
      expect.stringContaining('Its examples are damaged'),
      null,
    ]);
  });

  it('unpacks no more than it says, whatever its directory says', async () => {
    const bomb = { file: 'bomb', bytes: 10, sha256: '0'.repeat(64) };
    const archive = await zipOf({
      bomb: Buffer.alloc(50_000_000),
      'manifest.json': listing([listed('a', { source: bomb })]),
    });
    expect(await problemsIn(archive)).toEqual([expect.stringContaining('is too large')]);
    // The same with a directory that lies: the size is at 24 of the entry of the central directory.
    const at = archive.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    archive.writeUInt32LE(10, at + 24);
    expect(await problemsIn(archive)).toEqual([expect.stringContaining('cannot be read')]);
  });
});
