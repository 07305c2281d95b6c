// The server of the tray app without its window: Python in hidden, sandboxed windows of the stand-in. Takes the options of
// `tabpy-tray serve` that tests use, and says its address in the same words.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, protocol } from 'electron';
import Conf from 'conf';
import { createLog, lineOfEntry } from '../../src-main/activity/log.ts';
import { compose } from '../../src-main/composition/compose.ts';
import { PROGRAM_VERSION } from '../../src-main/instance/version.ts';
import type { PythonSupply } from '../../src-main/runtime/python-supply.ts';
import { silentProgress } from '../../src-main/packages/progress.ts';
import { preparePython } from '../../src-main/engines/builtin/supply/prepare-python.ts';
import { givenSettings } from '../../src-main/settings/given-settings.ts';
import { openSettingsFile } from '../../src-main/settings/settings-file.ts';
import { createSettings } from '../../src-main/settings/settings.ts';
import { INTERPRETER_PRIVILEGES } from '../../src-main/shell/interpreter-window.ts';
import { createWindowInterpreters } from '../../src-main/composition/window-interpreters.ts';

const DRAIN_MS = 3_000;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'data-dir': { type: 'string' },
    isolation: { type: 'string' },
    workers: { type: 'string' },
  },
});
protocol.registerSchemesAsPrivileged([INTERPRETER_PRIVILEGES]);
app.enableSandbox();
app.on('window-all-closed', () => undefined);
await app.whenReady();

const dataDir = path.resolve(values['data-dir']!);
const log = createLog({
  level: () => 'info',
  takers: [(entry) => void process.stderr.write(lineOfEntry(entry))],
});
const file = openSettingsFile({
  folder: dataDir,
  open: (store) => new Conf({ ...store, configName: 'settings' }),
  version: PROGRAM_VERSION,
});
const start = createWindowInterpreters({
  preload: path.join(import.meta.dirname, '../../src-main/preloads/interpreter-preload.ts'),
  log,
});
let imageDir = '';
const python: PythonSupply = {
  async prepare(tell) {
    ({ imageDir } = await preparePython({ say: (text) => log.info(text), tell, progress: silentProgress }));
  },
  imageDir: () => imageDir || null,
  startInterpreter: (settings, limits, addedDir) => start(imageDir, settings, limits, addedDir),
};
const { service } = await compose({
  settings: createSettings(file, givenSettings(values, process.env)),
  dataDir,
  log,
  python,
  surface: { kind: 'console', copyText: null, openFolder: null, saveFile: null, notices: file.notices },
});
process.on('SIGINT', () => {
  void service.stop(DRAIN_MS).then(() => app.exit(0));
});
const state = await service.start();
if ('address' in state && state.address)
  process.stdout.write(`\nTabPy Tray is running: http://localhost:${state.address.port}\n`);
else process.stdout.write(`${JSON.stringify(state)}\n`);
