// Imports from TabPy: the functions, aliases and settings of an existing TabPy, which stays unchanged. Must not know
// how the call came, nor how it is shown.
// Threat: anybody who could reach that TabPy may have written its pickles. They are loaded only inside the walls, and a
// source that a pickle names is read like any other (inspection.ts).

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { cutText } from '../../src-shared/cut-text.ts';
import { NO_DOCSTRING } from '../../src-shared/function.ts';
import type { DeployedFunction } from '../../src-shared/function.ts';
import { SETTINGS } from '../../src-shared/settings.ts';
import type { SettingName, Settings } from '../../src-shared/settings.ts';
import type {
  TakenFunction,
  TakenSetting,
  TabpyImportOptions,
  TabpyImportReport,
} from '../../src-shared/tabpy-import.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { readRegularFile, readTextFile } from '../disk/regular-file.ts';
import { deploymentOf } from '../functions/deployment.ts';
import { wrongWith } from '../../src-shared/function-name.ts';
import type { Registry } from '../functions/registry.ts';
import { MOST_PICKLE_BYTES } from '../functions/quota.ts';
import type { ReadSource } from '../runtime/inspection.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { openedFor } from '../settings/state-file.ts';
import { settingsOfConfig, settingsOfState, stateFileOf } from './tabpy-settings.ts';
import type { WantedSetting } from './tabpy-settings.ts';
import { tabpyPlaceOf } from './tabpy-places.ts';
import { pythonOfTabpy } from './tabpy-python.ts';
import { readTabpyState } from './tabpy-state.ts';
import type { TabpyFunction } from './tabpy-state.ts';

export interface TabpyImportDeps {
  readonly registry: Registry;
  readonly inspect: Runtime['inspect'];
  readonly readSource: ReadSource;
  readonly settings: () => Settings;
  /** Applies and keeps new values. Rejects with an Error that has the reason. */
  readonly changeSettings: (changes: Partial<Settings>) => Promise<unknown>;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Values that only work together. */
const TOGETHER: readonly (readonly SettingName[])[] = [
  ['transferProtocol', 'certificateFile', 'keyFile', 'minimumTlsVersion'],
];
/** It holds the descriptions and schemas of all functions. */
const MOST_STATE_BYTES = 50_000_000;
const CALLER = { key: 'tabpy-import', party: 'tabpy-import', name: 'imported from TabPy', left: null };
const ADDRESSES =
  'Other computers could reach TabPy. This server can be reached from this computer only. To change that, add an address under Settings > Addresses and turn sign-in on.';

/** @throws Refusal with words for people when there is nothing to import */
export async function importFromTabpy(options: TabpyImportOptions, deps: TabpyImportDeps): Promise<TabpyImportReport> {
  const { stateFolder, configFile, config } = await tabpyPlaceOf(options.place, deps.env);
  const { functions, damaged, serviceInfo } = readTabpyState(
    await readTextFile(path.join(stateFolder, 'state.ini'), MOST_STATE_BYTES),
  );
  const taken: TakenFunction[] = damaged.map(({ name, why }) => ({
    name,
    type: 'model',
    version: 0,
    outcome: 'failed',
    text: `It cannot be read: ${why}.`,
  }));
  for (const one of functions.filter(({ type }) => type === 'model'))
    taken.push({ ...about(one), ...(await takeFunction(one, stateFolder, options, deps)) });
  for (const one of inOrder(functions.filter(({ type }) => type === 'alias')))
    taken.push({ ...about(one), ...(await takeAlias(one, taken, options, deps)) });

  const wanted = [...settingsOfState(serviceInfo), ...(config ? settingsOfConfig(config.values, configFile!) : [])];
  const settings: TakenSetting[] = [];
  for (const group of groupsOf(wanted)) settings.push(...(await takeSettings(group, options, deps)));
  const stateFile = stateFileOf(serviceInfo);
  if (stateFile !== null) settings.push(await takeStateFile(stateFile, originIn(serviceInfo), options, deps));

  const all = [...taken, ...settings];
  return {
    stateFolder,
    configFile,
    python: await pythonOfTabpy(stateFolder),
    isDryRun: options.isDryRun,
    functions: taken,
    settings,
    remarks: [ADDRESSES, ...(config?.warnings ?? [])],
    isComplete: all.every(({ outcome }) => outcome === 'taken'),
  };
}

type What = Pick<TakenFunction, 'outcome' | 'text'>;

const about = ({ name, type, version }: TabpyFunction) => ({ name, type, version });
const failed = (text: string): What => ({ outcome: 'failed', text });

async function takeFunction(
  one: TabpyFunction,
  stateFolder: string,
  { isDryRun, override }: TabpyImportOptions,
  { registry, inspect, readSource }: TabpyImportDeps,
): Promise<What> {
  const { name, version } = one;
  const wrong = wrongWith(name);
  if (wrong !== null) return failed(wrong);
  const file = path.join(stateFolder, 'query_objects', name, String(version), 'pickle_archive');
  const pickle = await readRegularFile(file, MOST_PICKLE_BYTES).catch((error: Error) => error);
  if (isRefusal(pickle, 'file-too-large'))
    return failed(`The function is larger than ${MOST_PICKLE_BYTES / 1e6} MB. Make it smaller.`);
  if (pickle instanceof Error) return failed(`Its file ${file} is missing. Deploy the function again.`);
  const before = registry.snapshot().endpoints.get(name);
  if (before && registry.isCurrent(name, pickle)) return { outcome: 'taken', text: 'It was imported already.' };
  if (before && (!override || before.type === 'alias')) return taken(before);
  const found = await inspect(pickle, CALLER, readSource);
  if ('error' in found && found.isPythonAway)
    throw new Error('Python must be ready before functions can be imported. Start the server and wait until it runs.');
  if ('error' in found)
    return failed(
      [found.error, ...(found.why === null ? [] : [`${found.why.charAt(0).toUpperCase()}${found.why.slice(1)}.`])].join(
        ' ',
      ),
    );
  if (!isDryRun) {
    try {
      const docstring = found.docstring === NO_DOCSTRING ? one.docstring || NO_DOCSTRING : found.docstring;
      const { description, schema, isPublic, creationTime, lastModifiedTime } = one;
      const origin = { deployedBy: CALLER.name, history: { version, creationTime, lastModifiedTime } };
      const shown = { name, description, docstring, schema, isPublic };
      await registry.deploy(deploymentOf(shown, found, pickle, origin), override);
    } catch (error) {
      return failed((error as Error).message);
    }
  }
  const how = found.isRebuilt ? 'Recompiled from its source, because another Python saved it.' : 'Unchanged.';
  const replaced = before ? [`It replaces version ${before.version}, which is kept.`] : [];
  return { outcome: 'taken', text: [how, ...replaced, ...found.notes].join(' ') };
}

/** The remark about a name that exists already. */
function taken({ type }: DeployedFunction): What {
  return {
    outcome: 'kept',
    text:
      type === 'alias'
        ? 'This server has an alias with this name. Remove the alias first.'
        : 'This server has a function with this name. To import TabPy’s function as a new version, choose to override (--override).',
  };
}

async function takeAlias(
  { name, target, description, isPublic }: TabpyFunction,
  others: readonly TakenFunction[],
  { isDryRun, override }: TabpyImportOptions,
  { registry }: TabpyImportDeps,
): Promise<What> {
  const wrong = wrongWith(name);
  if (wrong !== null) return failed(wrong);
  const { endpoints } = registry.snapshot();
  const isTargetThere =
    target !== null &&
    (endpoints.has(target) || (isDryRun && others.some((one) => one.name === target && one.outcome === 'taken')));
  if (!isTargetThere) return failed(`It is an alias of '${target ?? ''}', which is not on this server.`);
  const before = endpoints.get(name);
  if (before?.type === 'alias' && before.target === target)
    return { outcome: 'taken', text: 'It was imported already.' };
  if (before && (before.type === 'model' || !override)) return taken(before);
  const done: What = { outcome: 'taken', text: `It is an alias of '${target}'.` };
  if (isDryRun) return done;
  try {
    if (before) await registry.update(name, { target, description });
    else await registry.addAlias(name, target, description);
    if (isPublic) await registry.update(name, { isPublic });
    return done;
  } catch (error) {
    return failed((error as Error).message);
  }
}

/** Aliases of aliases come after their targets; aliases in a circle come at the end. */
function inOrder(aliases: readonly TabpyFunction[]): readonly TabpyFunction[] {
  const waiting = new Map(aliases.map((one) => [one.name, one]));
  const order: TabpyFunction[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ target }) => !waiting.has(target ?? ''));
    const next = ready.length > 0 ? ready : [...waiting.values()];
    for (const one of next) waiting.delete(one.name);
    order.push(...next);
  }
  return order;
}

function groupsOf(wanted: readonly WantedSetting[]): readonly (readonly WantedSetting[])[] {
  const groupOf = (name: SettingName): readonly SettingName[] => TOGETHER.find((one) => one.includes(name)) ?? [name];
  const groups = new Map<string, WantedSetting[]>();
  for (const one of wanted) {
    const key = groupOf(one.name).join();
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

async function takeSettings(
  group: readonly WantedSetting[],
  { isDryRun }: TabpyImportOptions,
  { settings, changeSettings }: TabpyImportDeps,
): Promise<readonly TakenSetting[]> {
  const row = (one: WantedSetting, what: What): TakenSetting => ({
    label: SETTINGS[one.name].label,
    value: String(one.value),
    ...what,
  });
  const fault = group.find((one) => one.fault !== null)?.fault;
  if (fault !== undefined) return group.map((one) => row(one, failed(one.fault ?? fault)));
  const now = settings();
  const news = group.filter(({ name, value }) => JSON.stringify(now[name]) !== JSON.stringify(value));
  const done = group.map((one) =>
    row(one, { outcome: 'taken', text: news.includes(one) ? '' : 'This value is set already.' }),
  );
  if (isDryRun || news.length === 0) return done;
  try {
    await changeSettings(Object.fromEntries(news.map(({ name, value }) => [name, value])));
    return done;
  } catch (error) {
    return group.map((one) => row(one, failed((error as Error).message)));
  }
}

/** Whose web pages TabPy admits; our reading of the file ignores case as well. */
function originIn(serviceInfo: ReadonlyMap<string, string>): string {
  const found = [...serviceInfo].find(([key]) => key.toLowerCase() === 'access-control-allow-origin');
  return found?.[1] ?? '';
}

async function takeStateFile(
  text: string,
  origin: string,
  { isDryRun }: TabpyImportOptions,
  { settings, changeSettings, dataDir }: TabpyImportDeps,
): Promise<TakenSetting> {
  const folder = path.join(dataDir, 'tabpy-state');
  const about = { label: SETTINGS.statePath.label, value: folder };
  const now = settings().statePath;
  if (now !== '' && now !== folder)
    return {
      ...about,
      outcome: 'kept',
      text: `The folder ${now} is set already. Copy the CORS headers and the creation time by hand, if you need them.`,
    };
  if (!isDryRun) {
    try {
      await mkdir(folder, { recursive: true });
      await writeFileAtomic(path.join(folder, 'state.ini'), text);
      await changeSettings({ statePath: folder });
    } catch (error) {
      return { ...about, ...failed((error as Error).message) };
    }
  }
  return {
    ...about,
    outcome: 'taken',
    text: [
      'A copy of the CORS headers, paths and creation time in TabPy’s state.ini.',
      ...(origin === '' ? [] : [openedFor(cutText(origin, 200))]),
    ].join(' '),
  };
}
