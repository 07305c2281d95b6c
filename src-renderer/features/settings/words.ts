// Words of the Settings screen. Labels and helps of single settings are in src-shared/settings.ts.

import type { ProgramInfo } from '../../../src-shared/ipc.ts';
import type { Applies, Setting } from '../../../src-shared/setting-kinds.ts';
import { plural } from '../../text/figures.ts';

export const SETTINGS_WORDS = {
  groups: {
    general: 'General',
    server: 'Server',
    log: 'Log',
    python: 'Python',
    privacy: 'Privacy',
  } satisfies Record<Setting['group'], string>,
  applies: {
    'at once': null,
    listener: 'A change closes the port and opens it again. Python keeps running.',
    python: 'A change restarts Python. Requests wait until it is ready.',
    launch: 'A change applies when the app starts the next time.',
  } satisfies Record<Applies, string | null>,
  choices: {
    system: 'Same as the system',
    light: 'Light',
    dark: 'Dark',
    caller: 'Each caller',
    address: 'Each address',
    shared: 'Everybody',
    request: 'Nobody',
  } as Readonly<Record<string, string>>,
  onePerLine: 'Enter one on each line.',
  fault: (label: string, fault: string) => `${label} ${fault}.`,
  openToNetwork:
    'Other computers can use this server without signing in. Set a password file below, or use this only in a network that you trust.',
  openToNetworkInClear:
    'Other computers can use this server, and names and passwords are sent unencrypted. Choose https below if you do not trust the network.',
  forget: 'Delete kept requests',
  forgotten: 'Kept requests were deleted',
  kept: (count: number) => plural(count, 'request is kept.', 'requests are kept.'),
  report: 'Report for support',
  reportHelp:
    'A text for somebody who helps you: versions, the state of the server, a test of the connection, settings, warnings and errors. It holds no data, no scripts and no paths, but an error message may quote a script.',
  copyReport: 'Copy report',
  dataFolder: 'Data folder',
  dataFolderHelp: 'Functions and their versions are kept here.',
  openDataFolder: 'Open data folder',
  version: (version: string) => `TabPy Tray ${version}`,
  port: {
    checking: 'Checking…',
    free: (port: number) => `Port ${port} is free.`,
    any: 'The server will use any free port.',
    ours: 'This server uses this port.',
    reserved: (port: number) => `The system has reserved port ${port}. Choose another port.`,
    taken: (port: number, holder: string | null, answersLike: string | null) =>
      `Port ${port} is in use by ${holder ?? 'another program'}${answersLike ? `, which answers like ${answersLike}` : ''}. Choose another port.`,
    holder: (name: string, pid: number) => `${name} (PID ${pid})`,
  },
} as const;

export const IMPORT_WORDS = {
  title: 'Import from TabPy',
  lead: 'Copies functions, settings and users from a TabPy on this computer. That TabPy is not changed.',
  place: 'Folder of TabPy',
  placeHelp: 'Its folder, its state.ini or its configuration file. Leave this empty to look in the usual places.',
  override: 'Replace functions of the same name',
  overrideHelp: 'An imported function becomes a new version of the function that is here.',
  look: 'Check what is there',
  take: 'Import',
  working: 'Working…',
  wouldTake: 'These can be imported from',
  allTaken: 'Everything was imported from',
  someTaken: 'Not everything could be imported from',
  functions: 'Functions',
  settings: 'Settings',
  planned: { taken: 'Can be imported', kept: 'Stays as it is here', failed: 'Cannot be imported' },
  outcomes: { taken: 'Imported', kept: 'Kept as it is here', failed: 'Not imported' },
} as const;

/** Words of the report that the user can send to somebody who helps. */
export const REPORT_WORDS = {
  program: ({ version, surface, platform, python }: ProgramInfo) =>
    `TabPy Tray ${version} (${surface}, ${platform}), Python ${python ?? 'not ready'}`,
  state: (title: string) => `State: ${title}`,
  counts: (functions: number, failed: number, requests: number) =>
    `Functions: ${functions}, ${failed} failed. Requests kept: ${requests}.`,
  connection: 'Connection',
  changed: 'Changed settings',
  trouble: 'Warnings and errors, the latest last',
  none: '(none)',
  path: '(a path)',
  address: '(an address)',
} as const;
