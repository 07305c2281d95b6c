import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenLinksIn, longLinesIn, missingPathsIn, slugsOf, unknownLabelsIn } from './support/documents.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Folders with sources and documents. What is generated or fetched is not in them. */
const FOLDERS = ['.github', '.vscode', 'assets', 'docs', 'packaging', 'src-main', 'src-renderer', 'src-shared', 'test'];

const FILES = [
  ...readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isFile()),
  ...FOLDERS.flatMap((folder) => readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })),
]
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .filter((file) => !file.includes('__pycache__'));
const DOCUMENTS = FILES.filter((file) => file.endsWith('.md'));
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

describe.each(DOCUMENTS)('%s', (document) => {
  it('links only to files and headings that exist', () => {
    expect(brokenLinksIn(document, textOf(document), (file) => existsSync(path.join(ROOT, file)), textOf)).toEqual([]);
  });

  it('has no line of more than 100 characters outside of tables, code and links', () => {
    expect(longLinesIn(textOf(document))).toEqual([]);
  });

  it('names only files and folders of the project that exist', () => {
    expect(missingPathsIn(textOf(document), FILES)).toEqual([]);
  });
});

/** Labels of Tableau that the page's own guide does not name. */
const OF_TABLEAU = new Set([
  '+',
  'Require SSL',
  'Test Connection',
  'Analytics Extensions',
  'Create new connection',
  'Edit Table Calculation',
  'Extensions',
  'Manage External Service Connection',
  'New Table Extension',
  'Save',
  'Sign in with a user name and password',
  'Specific Dimensions',
  'Tableau Python (TabPy) Server',
]);

describe.each(DOCUMENTS.filter((file) => file.startsWith('docs/') || file === 'README.md'))('%s', (document) => {
  const tables = FILES.filter((file) => file.startsWith('src-renderer/') && path.basename(file) === 'words.ts');
  const words = [...tables, 'src-shared/settings.ts'].map(textOf).join('\n');

  it('names only labels that the window has', () => {
    expect(unknownLabelsIn(textOf(document), words, OF_TABLEAU)).toEqual([]);
  });
});

describe('the check of documents', () => {
  const links = (text: string): readonly string[] =>
    brokenLinksIn(
      'docs/a.md',
      text,
      (file) => ['docs/a.md', 'docs/b.md', 'docs/images/x.png'].includes(file),
      (file) => (file === 'docs/b.md' ? '# A heading, with `code`\n' : text),
    );

  it('finds links to files, headings and pictures that do not exist', () => {
    expect(links('[b](b.md) [h](b.md#a-heading-with-code) ![x](images/x.png) [w](https://example.com)')).toEqual([]);
    expect(links('[b](c.md)')).toEqual(['c.md']);
    expect(links('[b](b.md#other)')).toEqual(['b.md#other']);
    expect(links('# Here\n[b](#here) [c](#there)')).toEqual(['#there']);
    expect(links('<img src="images/y.png"> <source srcset="images/z.png">')).toEqual(['images/y.png', 'images/z.png']);
    expect(links('```\n[b](c.md)\n```')).toEqual([]);
  });

  it('finds long lines, but not in tables, code and addresses of links', () => {
    const long = 'word '.repeat(21);
    expect(longLinesIn(`short\n${long}`)).toEqual([`2: ${long.trim().slice(0, 60)}`]);
    expect(longLinesIn(`| ${long} |`)).toEqual([]);
    expect(longLinesIn(`\`\`\`\n${long}\n\`\`\``)).toEqual([]);
    expect(longLinesIn(`[a](docs/${'x'.repeat(120)}.md)`)).toEqual([]);
  });

  it('finds names of files and folders that the project does not have', () => {
    const files = ['src-main/runtime/pool.ts', 'src-main/python/tabpy_tray/entry.py'];
    expect(missingPathsIn('`runtime/pool.ts`, `pool.ts`, `src-main/runtime`, `entry.py`, `runtime/`', files)).toEqual(
      [],
    );
    expect(missingPathsIn('`service/pool.ts` `door.ts` `src-main/service`', files)).toEqual([
      'service/pool.ts',
      'door.ts',
      'src-main/service',
    ]);
    expect(missingPathsIn('`add.py`, `models/add.py`, `settings.json`, `npm run x`, `NAME.test.ts`', files)).toEqual(
      [],
    );
  });

  it('finds labels that the window does not have', () => {
    const words = "open: 'Open…', replay: `Send again`, add: 'Add this package'";
    const labels = (text: string): readonly string[] => unknownLabelsIn(text, words, new Set(['Help']));
    expect(labels('Choose **Help ▸ Open…**, then **Send\nagain**.')).toEqual([]);
    expect(labels('Choose **Open… ▸ Replay** or **this package**.')).toEqual(['Replay', 'this package']);
    expect(labels('- **Once**: not a label\n**Nor this** one.')).toEqual([]);
  });

  it('makes the addresses of headings as GitHub does', () => {
    expect([...slugsOf('# One\n## `--files` & "what is read"\n## One\n')]).toEqual([
      'one',
      '--files--what-is-read',
      'one-1',
    ]);
  });
});
