import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Registry } from '../../src-main/functions/registry.ts';
import { importFromTabpy } from '../../src-main/tabpy-import/tabpy-import.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { TabpyImportOptions, TabpyImportReport } from '../../src-shared/tabpy-import.ts';
import { deployment, openFolder } from '../functions/support/deployment.ts';
import { foundIn } from '../http/support/fake-runtime.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { installTabpy } from './support/installation.ts';

interface World {
  readonly registry: Registry;
  readonly dataDir: string;
  readonly settings: () => Settings;
  readonly take: (place: string, options?: Partial<TabpyImportOptions>) => Promise<TabpyImportReport>;
}

/** A server; Python says of a pickle what its text says: `bad…` cannot be loaded, `old…` is built anew. */
async function world(): Promise<World> {
  const { registry } = await openFolder(temporaryFolder());
  const dataDir = temporaryFolder();
  let settings = DEFAULT_SETTINGS;
  return {
    registry,
    dataDir,
    settings: () => settings,
    take: (place, options = {}) =>
      importFromTabpy(
        { place, isDryRun: false, override: false, ...options },
        {
          registry,
          inspect(pickle) {
            const text = pickle.toString();
            if (text.startsWith('bad'))
              return Promise.resolve({
                error: 'Saved by Python 3.9.',
                why: 'its source is not in a file',
                isPythonAway: false,
              });
            if (text === 'away') return Promise.resolve({ error: 'Try again.', why: null, isPythonAway: true });
            const isRebuilt = text.startsWith('old');
            return Promise.resolve(
              foundIn(isRebuilt ? Buffer.from(`anew ${text}`) : pickle, {
                isRebuilt,
                docstring: text.includes('doc') ? 'its own' : '-- no docstring found in query function --',
                source: isRebuilt ? 'def f(): pass' : null,
                notes: text.includes('note') ? ['Tree: another version.'] : [],
              }),
            );
          },
          readSource: () => Promise.resolve({ why: 'is not on this computer' }),
          settings: () => settings,
          changeSettings(changes) {
            if (changes.port === 1) return Promise.reject(new Error('Port 1 is in use.'));
            settings = { ...settings, ...changes };
            return Promise.resolve(settings);
          },
          dataDir,
          env: {},
        },
      ),
  };
}

const outcomes = ({ functions }: TabpyImportReport): Record<string, string> =>
  Object.fromEntries(functions.map(({ name, outcome }) => [name, outcome]));

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [path.join(entry.parentPath, entry.name), entry])
      .map(([file]) => [file as string, readFileSync(file as string, 'latin1')]),
  );

describe('taking over functions', () => {
  it('keeps what TabPy knows of them', async () => {
    const { registry, take } = await world();
    const fields = { is_public: true, schema: "{'input': 1}", description: 'Ünicode = [x]; %%' };
    const place = installTabpy(temporaryFolder(), [
      { name: 'Add Two', pickle: 'fine', version: 3, docstring: 'Adds.\n\n  More: 5', fields },
    ]);
    const report = await take(place);
    expect(report).toMatchObject({ isComplete: true, stateFolder: place, configFile: null });
    expect(report.functions).toEqual([
      { name: 'Add Two', type: 'model', version: 3, outcome: 'taken', text: 'Unchanged.' },
    ]);
    expect(registry.snapshot().endpoints.get('Add Two')).toMatchObject({
      version: 3,
      description: 'Ünicode = [x]; %',
      docstring: 'Adds.\n\nMore: 5',
      schema: "{'input': 1}",
      isPublic: true,
      creationTime: 1_600_000_000,
      lastModifiedTime: 1_650_000_000,
      status: 'LoadSuccessful',
    });
    expect((await registry.readPickle('Add Two', 3))?.toString()).toBe('fine');
  });

  it('takes those that can be built anew, and says what is different', async () => {
    const { registry, take } = await world();
    const place = installTabpy(temporaryFolder(), [{ name: 'f', pickle: 'old doc note', docstring: 'mangled' }]);
    const { functions } = await take(place);
    expect(functions[0]?.text).toBe(
      'Recompiled from its source, because another Python saved it. Tree: another version.',
    );
    expect((await registry.readPickle('f', 1))?.toString()).toBe('anew old doc note');
    expect(registry.snapshot().endpoints.get('f')?.docstring).toBe('its own');
  });

  it('leaves out those that cannot be loaded, with the reason', async () => {
    const { registry, take } = await world();
    const place = installTabpy(temporaryFolder(), [
      { name: 'bad', pickle: 'bad' },
      { name: 'gone', pickle: null },
      { name: 'strange!', pickle: 'fine' },
      { name: 'good', pickle: 'fine' },
    ]);
    writeFileSync(
      path.join(place, 'state.ini'),
      readFileSync(path.join(place, 'state.ini'), 'utf8').replace('\nbad =', '\nhalf = {"version"\nbad ='),
    );
    const report = await take(place);
    expect(report.isComplete).toBe(false);
    expect(Object.fromEntries(report.functions.map(({ name, text }) => [name, text]))).toEqual({
      half: expect.stringContaining('its entry in state.ini (line 10) is damaged') as string,
      bad: 'Saved by Python 3.9. Its source is not in a file.',
      gone: expect.stringMatching(/^Its file .*pickle_archive is missing\. Deploy the function again\.$/) as string,
      'strange!': expect.stringContaining('endpoint name can only contain') as string,
      good: 'Unchanged.',
    });
    expect([...registry.snapshot().endpoints.keys()]).toEqual(['good']);
  });

  it('needs Python to look at them', async () => {
    const { take, settings } = await world();
    const place = installTabpy(temporaryFolder(), [{ name: 'f', pickle: 'away' }], 'Name = Ours');
    await expect(take(place)).rejects.toThrow(/^Python must be ready before functions can be imported/);
    expect(settings()).toBe(DEFAULT_SETTINGS);
  });

  it('reads no file outside of TabPy’s folder', async () => {
    const { take } = await world();
    const place = installTabpy(temporaryFolder(), [{ name: '../../etc', pickle: null }]);
    expect((await take(place)).functions[0]).toMatchObject({
      outcome: 'failed',
      text: expect.stringContaining('can only contain'),
    });
  });

  it('replaces nothing unless it may', async () => {
    const { registry, take } = await world();
    await registry.deploy(deployment('f', { pickle: Buffer.from('ours') }), false);
    const place = installTabpy(temporaryFolder(), [{ name: 'f', pickle: 'fine', version: 9 }]);
    expect(outcomes(await take(place))).toEqual({ f: 'kept' });
    expect((await registry.readPickle('f', 1))?.toString()).toBe('ours');
    const { functions } = await take(place, { override: true });
    expect(functions[0]?.text).toBe('Unchanged. It replaces version 1, which is kept.');
    expect(registry.snapshot().endpoints.get('f')?.version).toBe(2);
    expect((await registry.readPickle('f', 2))?.toString()).toBe('fine');
  });

  it('twice takes each once', async () => {
    const { registry, take } = await world();
    const place = installTabpy(temporaryFolder(), [
      { name: 'f', pickle: 'old' },
      { name: 'a', pickle: null, fields: { type: 'alias', target: 'f' } },
    ]);
    await take(place);
    const again = await take(place, { override: true });
    expect(again.functions.map(({ outcome, text }) => [outcome, text])).toEqual([
      ['taken', 'It was imported already.'],
      ['taken', 'It was imported already.'],
    ]);
    expect(registry.snapshot().endpoints.get('f')?.version).toBe(1);
  });

  it('takes aliases after what they stand for', async () => {
    const { registry, take } = await world();
    const alias = (name: string, target: string) => ({
      name,
      pickle: null,
      fields: { type: 'alias', target, is_public: true },
    });
    const place = installTabpy(temporaryFolder(), [
      alias('second', 'first'),
      alias('first', 'f'),
      alias('lost', 'bad'),
      alias('x', 'y'),
      alias('y', 'x'),
      { name: 'bad', pickle: 'bad' },
      { name: 'f', pickle: 'fine' },
    ]);
    expect(outcomes(await take(place))).toEqual({
      bad: 'failed',
      f: 'taken',
      first: 'taken',
      second: 'taken',
      lost: 'failed',
      x: 'failed',
      y: 'failed',
    });
    const { endpoints } = registry.snapshot();
    expect(endpoints.get('second')).toMatchObject({ type: 'alias', target: 'first', isPublic: true });
  });

  it('changes nothing in a dry run, and says the same', async () => {
    const { registry, take, dataDir, settings } = await world();
    const place = installTabpy(
      temporaryFolder(),
      [
        { name: 'f', pickle: 'old' },
        { name: 'bad', pickle: 'bad' },
        { name: 'a', pickle: null, fields: { type: 'alias', target: 'f' } },
      ],
      'Name = Ours\nCreation Time = 5',
    );
    const dry = await take(place, { isDryRun: true });
    expect(registry.snapshot().endpoints.size).toBe(0);
    expect(readdirSync(dataDir)).toEqual([]);
    expect(settings()).toBe(DEFAULT_SETTINGS);
    expect(await take(place)).toEqual({ ...dry, isDryRun: false });
  });

  it('changes nothing of TabPy', async () => {
    const { take } = await world();
    const place = installTabpy(temporaryFolder(), [{ name: 'f', pickle: 'old' }]);
    const before = filesOf(place);
    await take(place, { override: true });
    expect(filesOf(place)).toEqual(before);
  });
});

describe('taking over settings', () => {
  const withConfig = (lines: string, serviceInfo?: string): string => {
    const folder = temporaryFolder();
    installTabpy(path.join(folder, 'state'), [], serviceInfo);
    writeFileSync(path.join(folder, 'users.txt'), 'ann secret-hash\n');
    writeFileSync(path.join(folder, 'tabpy.conf'), `[TabPy]\nTABPY_STATE_PATH = state\n${lines}\n`);
    return path.join(folder, 'tabpy.conf');
  };

  it('takes those that exist here', async () => {
    const { take, settings } = await world();
    const file = withConfig(
      'TABPY_PORT = 9105\nTABPY_EVALUATE_TIMEOUT = 45\nTABPY_PWD_FILE = ./users.txt\nTABPY_ARROW_ENABLE = true',
    );
    const report = await take(file);
    expect(report).toMatchObject({ configFile: file, stateFolder: path.join(path.dirname(file), 'state') });
    expect(settings()).toMatchObject({
      port: 9105,
      evaluateTimeoutSeconds: 45,
      passwordFile: path.join(path.dirname(file), 'users.txt'),
      statePath: '',
    });
    expect(report.isComplete).toBe(true);
    expect(report.remarks.join()).toContain('TABPY_ARROW_ENABLE');
    expect(JSON.stringify(report)).not.toContain('secret-hash');
  });

  it('loses only those that cannot be', async () => {
    const { take, settings } = await world();
    const file = withConfig(
      'TABPY_PORT = 1\nTABPY_EVALUATE_TIMEOUT = never\nTABPY_PWD_FILE = gone.txt\nTABPY_TRANSFER_PROTOCOL = https\nTABPY_CERTIFICATE_FILE = no.crt\nTABPY_LOG_DETAILS = true',
    );
    const report = await take(file);
    expect(
      Object.fromEntries(report.settings.map(({ label, outcome, text }) => [label, `${outcome}: ${text}`])),
    ).toEqual({
      Port: 'failed: Port 1 is in use.',
      'Time-out of scripts': expect.stringContaining("'never'; it must be a number") as string,
      'Password file': expect.stringMatching(
        /^failed: There is no file .*gone\.txt\. Choose the file in Settings\.$/,
      ) as string,
      Protocol: expect.stringContaining('no.crt') as string,
      Certificate: expect.stringContaining('no.crt') as string,
      'Details in the log': 'taken: ',
    });
    expect(settings()).toEqual({ ...DEFAULT_SETTINGS, logDetails: true });
  });

  it('takes what state.ini says of the server', async () => {
    const { take, settings, dataDir } = await world();
    const file = withConfig(
      '',
      'Name = Sales\nDescription = of\n\tours\nCreation Time = 1500000000\nAccess-Control-Allow-Origin = https://a.b',
    );
    await take(file);
    expect(settings()).toMatchObject({
      name: 'Sales',
      description: 'of\nours',
      statePath: path.join(dataDir, 'tabpy-state'),
    });
    expect(readFileSync(path.join(dataDir, 'tabpy-state/state.ini'), 'utf8')).toBe(
      '[Service Info]\nName = Sales\nDescription = of\n\tours\nCreation Time = 1500000000\nAccess-Control-Allow-Origin = https://a.b\n',
    );
  });

  it.each([
    ['https://a.b', 'Web pages of https://a.b can call this server and read its answers.'],
    ['*', 'Every web page that is opened on this computer can call this server and read its answers.'],
  ])('says for whom state.ini opens the server: %s, also before it is done', async (origin, words) => {
    const { take } = await world();
    const file = withConfig('', `Access-Control-Allow-Origin = ${origin}`);
    for (const isDryRun of [true, false])
      expect((await take(file, { isDryRun })).settings.map(({ text }) => text).join()).toContain(words);
  });

  it('says that TabPy was open to the network', async () => {
    const { take } = await world();
    expect((await take(withConfig(''))).remarks[0]).toContain('Other computers could reach TabPy');
  });
});

describe('a place that is named', () => {
  it('may be a virtual environment, its package or its state.ini', async () => {
    const { take } = await world();
    const folder = temporaryFolder();
    const state = path.join(folder, 'lib/python3.11/site-packages/tabpy/tabpy_server');
    installTabpy(state, []);
    for (const place of [folder, path.join(state, '..'), state, path.join(state, 'state.ini')])
      expect((await take(place)).stateFolder).toBe(state);
  });

  it.each([
    ['a line before the first section', 'root:$6$secret:19000::\n'],
    ['a line that is no value', '[TabPy]\nsecret of somebody\n'],
    ['a section twice', '[secret]\n[secret]\n'],
    ['a key twice', '[TabPy]\nsecret = 1\nsecret = 2\n'],
    ['an entry of a function that is no JSON', '[Query Objects Service Versions]\nf = secret\n'],
  ])('quotes no file that somebody names: %s', async (_what, text) => {
    const folder = temporaryFolder();
    const said = async (name: string): Promise<string> => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      const { take } = await world();
      return take(file).then(
        (report) => JSON.stringify(report),
        (error: Error) => error.message,
      );
    };
    expect(await said('shadow')).not.toContain('secret');
    expect(await said('state.ini')).not.toContain('secret');
  });

  it.skipIf(process.platform === 'win32')('waits for no pipe in the place of a file', async () => {
    const folder = temporaryFolder();
    const { take } = await world();
    for (const name of ['tabpy.conf', 'state.ini']) {
      execFileSync('mkfifo', [path.join(folder, name)]);
      await expect(take(path.join(folder, name))).rejects.toThrow('it is not a regular file');
    }
  });

  it('that holds none, or several, is refused with what to do', async () => {
    const { take } = await world();
    const folder = temporaryFolder();
    await expect(take(path.join(folder, 'nowhere'))).rejects.toThrow(`${path.join(folder, 'nowhere')} does not exist.`);
    await expect(take(folder)).rejects.toThrow(`${folder} contains no state.ini of TabPy.`);
    for (const version of ['3.10', '3.11'])
      installTabpy(path.join(folder, `lib/python${version}/site-packages/tabpy/tabpy_server`), []);
    await expect(take(folder)).rejects.toThrow(/^There are several folders of TabPy: .*, .*\. Name one of them\.$/);
    mkdirSync(path.join(folder, 'empty'));
    writeFileSync(path.join(folder, 'empty/tabpy.conf'), '[TabPy]\nTABPY_STATE_PATH = nope\n');
    await expect(take(path.join(folder, 'empty/tabpy.conf'))).rejects.toThrow('contains no state.ini');
    cpSync(path.join(folder, 'empty/tabpy.conf'), path.join(folder, 'empty/state.ini'));
    expect((await take(path.join(folder, 'empty'))).functions).toEqual([]);
  });
});
