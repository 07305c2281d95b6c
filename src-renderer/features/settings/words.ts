// Words of the Settings screen. Labels and helps of single settings are in src-shared/settings.ts.

import type { ProgramInfo } from '../../../src-shared/ipc.ts';
import type { Applies, SettingGroup } from '../../../src-shared/setting-kinds.ts';
import type { StartPlace } from '../../../src-shared/setting-source.ts';
import { plural } from '../../text/figures.ts';

const PLACES: Readonly<Record<StartPlace['kind'], (place: string) => string>> = {
  line: (place) => `on the command line with ${place}`,
  environment: (place) => `by the environment variable ${place}`,
  config: (place) => `in the configuration file of TabPy by ${place}`,
};

export const SETTINGS_WORDS = {
  /** In the order of the list. */
  sections: {
    connection: 'Connection',
    security: 'Sign-in and HTTPS',
    scripts: 'Scripts and functions',
    python: 'Python',
    packages: 'Packages',
    log: 'Log',
    privacy: 'Privacy',
    general: 'App and appearance',
    tabpy: 'Import from TabPy',
    support: 'Support',
  } satisfies Record<SettingGroup | 'tabpy' | 'support', string>,
  sectionList: 'Sections of settings',
  search: 'Search settings',
  found: (parts: number, query: string) =>
    parts === 0
      ? `No setting fits “${query}”. Try another word, or the name of an option or a variable.`
      : `Settings that fit “${query}”:`,
  choose: 'Choose…',
  chooseFor: (label: string) => `Choose: ${label}…`,
  on: 'on',
  off: 'off',
  empty: 'empty',
  source: {
    default: 'Default',
    file: (usual: string) => `Changed from the default: ${usual}.`,
    reset: 'Use the default',
    resetOne: (label: string) => `Use the default: ${label}`,
    start: (start: StartPlace, isReadAtStart: boolean) =>
      `Given ${PLACES[start.kind](start.place)}. ${isReadAtStart ? 'While it is given there, a change here has no effect.' : 'A change here applies until the program ends. To change it for good, change it there.'}`,
    untilEnd: (start: StartPlace, isReadAtStart: boolean) =>
      isReadAtStart
        ? `Changed here, without effect: the value is given ${PLACES[start.kind](start.place)}.`
        : `Changed here until the program ends. Then the value that is given ${PLACES[start.kind](start.place)} applies again.`,
    state: (file: string, value: string) =>
      `Without effect: ${file} says “${value}”. Change it there, or clear Folder of state.ini.`,
  },
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
    'Other computers can use this server without signing in. Set sign-in up, or use this only in a network that you trust.',
  openToNetworkInClear:
    'Other computers can use this server, and names and passwords are sent unencrypted. Set HTTPS up if you do not trust the network.',
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

export const SIGN_IN_WORDS = {
  title: 'Sign-in',
  isOn: 'on',
  isOff: 'off',
  leadOn: 'Every caller must sign in with a name and a password of these users.',
  leadOff: 'Callers need no name and password. Add a user to ask every caller for them. The password is made for you.',
  users: 'Users',
  name: 'User name',
  add: 'Add user',
  addFirst: 'Add user and switch sign-in on',
  added: (name: string) => `${name} was added, with this password:`,
  renewed: (name: string) => `${name} has a new password:`,
  once: 'It is shown only now. TabPy Tray keeps a hash of it, from which the password cannot be read.',
  inTableau:
    'In Tableau, tick Sign in with a user name and password in the connection to TabPy, and enter this name and this password. Until then Tableau gets an error.',
  copy: 'Copy password',
  done: 'Done',
  renew: 'New password…',
  renewOne: (name: string) => `New password for ${name}…`,
  remove: 'Remove…',
  removeOne: (name: string) => `Remove ${name}…`,
  cancel: 'Cancel',
  questions: {
    renew: {
      title: (name: string) => `Make a new password for ${name}?`,
      text: 'The password that this user has now stops working at once.',
      confirm: 'Make a new password',
    },
    remove: {
      title: (name: string) => `Remove ${name}?`,
      text: 'Callers with this name and password are refused from now on.',
      confirm: 'Remove',
    },
  },
  switchOn: 'Switch sign-in on',
  switchOff: 'Switch sign-in off…',
  offTitle: 'Switch sign-in off?',
  offText:
    'Everybody who reaches this server can then run scripts on it. The users are kept. In Tableau, untick the sign-in: Tableau reports an error when it sends a password that nobody wants.',
  offNow: 'Switch off',
  keep: 'Keep',
} as const;

export const HTTPS_WORDS = {
  title: 'HTTPS',
  isOn: 'on',
  isOff: 'off',
  leadOn:
    'Requests and passwords are encrypted. In Tableau, Require SSL must be ticked, and the server must be entered exactly as the certificate names it.',
  leadOff:
    'Requests and passwords are sent unencrypted. To encrypt them, choose a certificate and its key. Then tick Require SSL in Tableau.',
  switchOn: 'Switch HTTPS on',
  switchedOn: 'HTTPS is on',
  useFiles: 'Use these files',
  incomplete: 'HTTPS needs both files.',
  switchOff: 'Switch HTTPS off…',
  switchedOff: 'HTTPS is off',
  offTitle: 'Switch HTTPS off?',
  offText:
    'Requests, names and passwords are then sent unencrypted. In Tableau, untick Require SSL. The two files stay chosen.',
  offNow: 'Switch off',
  keep: 'Keep',
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
  environment:
    'TabPy’s own Python and its packages can be an environment, for scripts that do not run in the Python of TabPy Tray.',
  addEnvironment: 'Add it as an environment',
  addedEnvironment: (name: string) => `It is the environment ${name} now. See Packages.`,
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
  verdicts: (counts: readonly (readonly [string, number])[]) =>
    `Requests by verdict: ${counts.map(([verdict, count]) => `${verdict} ${count}`).join(', ')}`,
  counts: (functions: number, failed: number, requests: number) =>
    `Functions: ${functions}, ${failed} failed. Requests kept: ${requests}.`,
  connection: 'Connection',
  changed: 'Changed settings',
  trouble: 'Warnings and errors, the latest last',
  none: '(none)',
  path: '(a path)',
  address: '(an address)',
} as const;
