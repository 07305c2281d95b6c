// The law of who may import whom, as ARCHITECTURE.md's table has it. Must not know any source file.

/** What the files of one folder may import. */
export interface Layer {
  /** Folders, from the project's root. */
  readonly imports: readonly string[];
  /** Folders of which types alone may be imported. */
  readonly types: readonly string[];
  readonly packages: readonly string[];
  readonly hasNode: boolean;
  /** Tests and packaging: nothing is forbidden. */
  readonly isFree: boolean;
}

export interface Law {
  readonly layers: Readonly<Record<string, Layer>>;
  /** What any folder may import. */
  readonly everywhere: readonly string[];
  /** Names of packages that one file of the product alone may import. */
  readonly onlyIn: readonly { readonly package: string; readonly name: string; readonly file: string }[];
}

const EVERYWHERE = ['src-shared', 'src-main/disk'];
const ONLY_IN = [{ package: 'electron', name: 'ipcMain', file: 'src-main/shell/ipc.ts' }];
const HEAD = '| folder | holds | may import | may know these packages | Node |';
const NOTHING = '–';

/**
 * Reads the table.
 * @param page the text of ARCHITECTURE.md
 * @throws Error when there is no such table, or a row cannot be read
 */
export function lawOf(page: string): Law {
  const start = page.indexOf(HEAD);
  if (start === -1) throw new Error(`ARCHITECTURE.md has no table that begins with "${HEAD}"`);
  const lines = page.slice(start).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  const rows = lines.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const folders = new Set(rows.map(([folder = '']) => folder));
  const layers = rows.map((cells) => [cells[0]!, layerOf(cells, folders)] as const);
  if (folders.size < layers.length) throw new Error('ARCHITECTURE.md names a folder twice');
  return { layers: Object.fromEntries(layers), everywhere: EVERYWHERE, onlyIn: ONLY_IN };
}

function layerOf(cells: readonly string[], folders: ReadonlySet<string>): Layer {
  const [folder, , imports, packages, node] = cells;
  if (cells.length !== 5 || (node !== 'yes' && node !== 'no'))
    throw new Error(`ARCHITECTURE.md: cannot read the row ${cells.join(' | ')}`);
  const [values = '', types = ''] = imports!.split(/;? ?types of /);
  const named = (list: string): string[] =>
    namesIn(list).map((name) => {
      const near = `${folder!.split('/')[0]!}/${name}`;
      const found = folders.has(near) ? near : name;
      if (!folders.has(found)) throw new Error(`ARCHITECTURE.md: ${folder} may import ${name}, which has no row`);
      return found;
    });
  const isFree = values === 'anything';
  return {
    imports: isFree ? [] : named(values),
    types: named(types),
    packages: namesIn(packages!),
    hasNode: node === 'yes',
    isFree,
  };
}

function namesIn(list: string): string[] {
  return list === '' || list === NOTHING ? [] : list.split(', ');
}
