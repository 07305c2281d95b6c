// Fills the store from the command line (`npm run packages`). Must not hold what the server needs too.

import { parseArgs } from 'node:util';
import { wantedFiles } from './package-list.ts';
import { createProgress, silentProgress } from '../progress.ts';
import { defaultSources } from './sources.ts';
import { defaultStoreDir, describeMissing, fillStore, readStore } from './store.ts';
import type { Filled } from './store.ts';

const HELP = `npm run packages -- [--dir STORE] [--from FOLDER] [--verify] [--quiet]

Fetches the Python packages that are missing: from FOLDER, from Pyodide's CDN, from PyPI with this computer's pip.

  --dir STORE    the folder to fill; now ${defaultStoreDir()} (TABPY_TRAY_STORE)
  --from FOLDER  a folder that has the files, asked first (TABPY_TRAY_PACKAGES_FROM)
  --verify       read and check every file again, not only those that changed
  --quiet        say only what is missing
`;

async function main(): Promise<number> {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        dir: { type: 'string' },
        from: { type: 'string' },
        verify: { type: 'boolean' },
        quiet: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    process.stderr.write(`${(error as Error).message.split('. ')[0]}. See npm run packages -- --help.\n`);
    return 1;
  }
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const storeDir = values.dir ?? defaultStoreDir();
  const wanted = wantedFiles();
  if (values.verify) await readStore(storeDir, wanted, true);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const filled = await fillStore({
    storeDir,
    wanted,
    sources: defaultSources(values.from),
    progress: values.quiet ? silentProgress : createProgress(process.stderr),
    signal: stop.signal,
  });
  const missing = describeMissing(filled);
  if (missing) process.stderr.write(`${missing}\n`);
  else if (!values.quiet) process.stderr.write(summaryOf(filled, storeDir));
  return missing ? 1 : 0;
}

function summaryOf({ wheels, absent, failures }: Filled, storeDir: string): string {
  const optional = absent.map((file) => file.name).join(', ');
  const without = optional ? `Without ${optional}, which are optional (${failures.join('; ')}).\n` : '';
  return `All ${wheels.length} needed Python packages are in ${storeDir}.\n${without}`;
}

if (import.meta.main) process.exitCode = await main();
