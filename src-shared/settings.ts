// The settings: names, kinds, defaults, limits and help, from which the window, the command line, the settings file and the
// docs are made. Must not know where they are kept.

import { LOG_LEVELS } from './log-entry.ts';
import type { LogLevel } from './log-entry.ts';

/** What a setting may hold. Numbers are whole unless `isWhole` is false; limits are included. */
export type Kind =
  | {
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      readonly isWhole: boolean;
      readonly unit: string;
    }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'text'; readonly mostCharacters: number }
  | { readonly kind: 'list'; readonly mostEntries: number; readonly mostCharacters: number };

/** What has to start again before a new value counts. `launch`: the program itself. */
export type Applies = 'at once' | 'listener' | 'python' | 'launch';

export interface Setting<Value = unknown> {
  readonly kind: Kind;
  readonly default: Value;
  readonly group: 'general' | 'server' | 'log' | 'python' | 'privacy';
  readonly label: string;
  /** A sentence or two; the docs and the window show it as it is. */
  readonly help: string;
  readonly applies: Applies;
  /** Environment variable; TABPY_* names and meanings are TabPy's (docs/server-config.md of TabPy 2.16). */
  readonly env?: string;
  /** Command-line option, without the dashes. */
  readonly option?: string;
}

const number = (least: number, most: number, unit = '', isWhole = true): Kind => ({
  kind: 'number',
  least,
  most,
  isWhole,
  unit,
});
const onOff: Kind = { kind: 'switch' };
const text = (mostCharacters: number): Kind => ({ kind: 'text', mostCharacters });
const list: Kind = { kind: 'list', mostEntries: 32, mostCharacters: 253 };
const setting = <Value>(one: Setting<Value>): Setting<Value> => one;

/** Who may meet whom in one Python interpreter; see runtime/placement.ts. */
export type IsolationSetting = 'caller' | 'shared' | 'request';
export type Theme = 'system' | 'light' | 'dark';

/** Every setting, in the order in which people read them. */
export const SETTINGS = {
  openAtLogin: setting<boolean>({
    kind: onOff,
    default: false,
    group: 'general',
    label: 'Start at login',
    help: 'Starts TabPy Tray, hidden in the tray, when you sign in to this computer.',
    applies: 'at once',
  }),
  startServerOnLaunch: setting<boolean>({
    kind: onOff,
    default: true,
    group: 'general',
    label: 'Start the server when the app starts',
    help: 'When off, the server waits for Start in the window or the tray.',
    applies: 'launch',
  }),
  startHidden: setting<boolean>({
    kind: onOff,
    default: false,
    group: 'general',
    label: 'Start hidden',
    help: 'Opens no window at the start; the tray icon opens it.',
    applies: 'launch',
  }),
  theme: setting<Theme>({
    kind: { kind: 'choice', choices: ['system', 'light', 'dark'] },
    default: 'system',
    group: 'general',
    label: 'Appearance',
    help: 'Light, dark, or as the system is.',
    applies: 'at once',
  }),
  checkForUpdates: setting<boolean>({
    kind: onOff,
    default: false,
    group: 'general',
    label: 'Look for updates',
    help: 'Asks once a day whether there is a newer version. Nothing is asked while this is off, and nothing is installed without your word.',
    applies: 'at once',
  }),
  port: setting<number>({
    kind: number(0, 65_535),
    default: 9004,
    group: 'server',
    label: 'Port',
    help: 'Where Tableau finds the server. 0 takes any free port.',
    applies: 'listener',
    env: 'TABPY_PORT',
    option: 'port',
  }),
  hosts: setting<readonly string[]>({
    kind: list,
    default: ['127.0.0.1', '::1'],
    group: 'server',
    label: 'Addresses',
    help: 'Addresses to listen on. The usual two are reached from this computer only; others open the server to the network.',
    applies: 'listener',
    option: 'host',
  }),
  allowedHosts: setting<readonly string[]>({
    kind: list,
    default: [],
    group: 'server',
    label: 'Further names',
    help: 'Names besides localhost under which clients may call this server. A name that is not listed is refused: a web page could have made it point here.',
    applies: 'at once',
    option: 'allow-host',
  }),
  allowedOrigins: setting<readonly string[]>({
    kind: list,
    default: [],
    group: 'server',
    label: 'Web pages that may call',
    help: 'Origins such as https://example.com. All other web pages are refused.',
    applies: 'at once',
    option: 'allow-origin',
  }),
  name: setting<string>({
    kind: text(200),
    default: 'TabPy Tray',
    group: 'server',
    label: 'Name',
    help: 'What /info calls this server.',
    applies: 'at once',
  }),
  description: setting<string>({
    kind: text(2_000),
    default: '',
    group: 'server',
    label: 'Description',
    help: 'What /info says about this server.',
    applies: 'at once',
  }),
  passwordFile: setting<string>({
    kind: text(4_096),
    default: '',
    group: 'server',
    label: 'Password file',
    help: 'Asks every client for a name and password from this file, in the format of TabPy (tabpy-tray user makes one). Empty: nobody is asked.',
    applies: 'at once',
    env: 'TABPY_PWD_FILE',
    option: 'password-file',
  }),
  transferProtocol: setting<'http' | 'https'>({
    kind: { kind: 'choice', choices: ['http', 'https'] },
    default: 'http',
    group: 'server',
    label: 'Protocol',
    help: 'https needs a certificate and its key; passwords then travel unreadable.',
    applies: 'listener',
    env: 'TABPY_TRANSFER_PROTOCOL',
  }),
  certificateFile: setting<string>({
    kind: text(4_096),
    default: '',
    group: 'server',
    label: 'Certificate',
    help: 'A file with the certificate in PEM, with those that vouch for it behind it. A renewed file is taken while the server runs.',
    applies: 'listener',
    env: 'TABPY_CERTIFICATE_FILE',
  }),
  keyFile: setting<string>({
    kind: text(4_096),
    default: '',
    group: 'server',
    label: 'Key of the certificate',
    help: 'A file with the private key in PEM, without a passphrase.',
    applies: 'listener',
    env: 'TABPY_KEY_FILE',
  }),
  minimumTlsVersion: setting<'TLSv1_2' | 'TLSv1_3'>({
    kind: { kind: 'choice', choices: ['TLSv1_2', 'TLSv1_3'] },
    default: 'TLSv1_2',
    group: 'server',
    label: 'Oldest TLS',
    help: 'Clients with an older version are refused.',
    applies: 'listener',
    env: 'TABPY_MINIMUM_TLS_VERSION',
  }),
  statePath: setting<string>({
    kind: text(4_096),
    default: '',
    group: 'server',
    label: 'Folder of state.ini',
    help: 'TabPy’s state folder: /info shows the name, description and creation time of its state.ini, and answers carry its CORS headers. Empty: the settings above count.',
    applies: 'at once',
    env: 'TABPY_STATE_PATH',
  }),
  functionsPath: setting<string>({
    kind: text(4_096),
    default: '',
    group: 'server',
    label: 'Folder of functions',
    help: 'Deployed functions are kept in a folder of their own (tabpy-tray.functions) in this one; what TabPy keeps there is not touched, and tabpy-tray import takes it over. Empty: in the data folder. What is deployed already stays where it is.',
    applies: 'launch',
    env: 'TABPY_QUERY_OBJECT_PATH',
  }),
  evaluateEnabled: setting<boolean>({
    kind: onOff,
    default: true,
    group: 'server',
    label: 'Ad-hoc scripts',
    help: 'When off, only deployed functions can be called; SCRIPT_* calculations, table extensions and Prep scripts are refused.',
    applies: 'at once',
    env: 'TABPY_EVALUATE_ENABLE',
  }),
  evaluateTimeoutSeconds: setting<number>({
    kind: number(0.1, 86_400, 's', false),
    default: 30,
    group: 'server',
    label: 'Time-out of scripts',
    help: 'A script that runs longer is stopped, and Tableau is told. Deployed functions have no time-out, as in TabPy.',
    applies: 'at once',
    env: 'TABPY_EVALUATE_TIMEOUT',
  }),
  maxRequestMegabytes: setting<number>({
    kind: number(1, 1_024, 'MB', false),
    default: 100,
    group: 'server',
    label: 'Largest request',
    help: 'A larger request is refused with status 413.',
    applies: 'at once',
    env: 'TABPY_MAX_REQUEST_SIZE_MB',
  }),
  gzipEnabled: setting<boolean>({
    kind: onOff,
    default: true,
    group: 'server',
    label: 'Compression',
    help: 'Lets clients send and get gzip.',
    applies: 'at once',
    env: 'TABPY_GZIP_ENABLE',
  }),
  logLevel: setting<LogLevel>({
    kind: { kind: 'choice', choices: LOG_LEVELS },
    default: 'info',
    group: 'log',
    label: 'What is logged',
    help: 'info: a line for each request. warn: refused and failed requests, and what needs attention. error: failures only. debug: also what Python does.',
    applies: 'at once',
    env: 'TABPY_TRAY_LOG_LEVEL',
    option: 'log-level',
  }),
  logDetails: setting<boolean>({
    kind: onOff,
    default: false,
    group: 'log',
    label: 'Details in the log',
    help: 'Adds caller, client program, Tableau user and signed-in user to the log line of each request.',
    applies: 'at once',
    env: 'TABPY_LOG_DETAILS',
  }),
  logFormat: setting<'text' | 'json'>({
    kind: { kind: 'choice', choices: ['text', 'json'] },
    default: 'text',
    group: 'log',
    label: 'Format of the log',
    help: 'text: lines for people. json: one JSON object a line, for programs that collect logs.',
    applies: 'at once',
    env: 'TABPY_TRAY_LOG_FORMAT',
    option: 'log-format',
  }),
  logToFile: setting<boolean>({
    kind: onOff,
    default: true,
    group: 'log',
    label: 'Log to a file',
    help: 'Writes tabpy-tray.log. When off, the log is in the window and the terminal only.',
    applies: 'at once',
    env: 'TABPY_TRAY_LOG_TO_FILE',
  }),
  logFolder: setting<string>({
    kind: text(4_096),
    default: '',
    group: 'log',
    label: 'Folder of the log',
    help: 'Where tabpy-tray.log and its older parts are. Empty: the folder log in the data folder.',
    applies: 'launch',
    env: 'TABPY_TRAY_LOG_FOLDER',
    option: 'log-folder',
  }),
  logFileMegabytes: setting<number>({
    kind: number(0.1, 1_000, 'MB', false),
    default: 5,
    group: 'log',
    label: 'Largest log file',
    help: 'A larger one is set aside as tabpy-tray.1.log, and a new one begins.',
    applies: 'at once',
    env: 'TABPY_TRAY_LOG_FILE_MB',
  }),
  logFilesKept: setting<number>({
    kind: number(1, 100),
    default: 3,
    group: 'log',
    label: 'Older log files',
    help: 'How many are kept.',
    applies: 'at once',
    env: 'TABPY_TRAY_LOG_FILES',
  }),
  workers: setting<number>({
    kind: number(1, 64),
    default: 2,
    group: 'python',
    label: 'Scripts at once',
    help: 'How many scripts run at the same time. Each needs a Python of about 400 MB.',
    applies: 'at once',
    env: 'TABPY_TRAY_WORKERS',
    option: 'workers',
  }),
  isolation: setting<IsolationSetting>({
    kind: { kind: 'choice', choices: ['caller', 'shared', 'request'] },
    default: 'caller',
    group: 'python',
    label: 'Who shares a Python',
    help: 'caller: each Tableau user and address has a Python of their own. shared: everybody uses the same, as in TabPy. request: every request gets a fresh one, which is slow.',
    applies: 'python',
    env: 'TABPY_TRAY_ISOLATION',
    option: 'isolation',
  }),
  filesForScripts: setting<string>({
    kind: text(4_096),
    default: '',
    group: 'python',
    label: 'Files for scripts',
    help: 'A folder whose files scripts and functions can read under /data, such as models, word lists or CSV: at most 1,000 files and 300 MB. What changes there is seen by the next request. Nothing else of the disk can be read, and nothing written. Empty: none.',
    applies: 'at once',
    env: 'TABPY_TRAY_FILES',
    option: 'files',
  }),
  interpreterMegabytes: setting<number>({
    kind: number(300, 16_384, 'MB'),
    default: 1_500,
    group: 'python',
    label: 'Memory of one script',
    help: 'A script that needs more is stopped, and Tableau is told.',
    applies: 'python',
    env: 'TABPY_TRAY_MEMORY_MB',
  }),
  packageIndex: setting<string>({
    kind: text(2_000),
    default: '',
    group: 'python',
    label: 'Package index',
    help: 'The address of the index that added Python packages come from, such as https://packages.example.com/simple/. Empty: the one that pip is set to on this computer, else PyPI.',
    applies: 'at once',
    env: 'TABPY_TRAY_PACKAGE_INDEX',
  }),
  packageProxy: setting<string>({
    kind: text(2_000),
    default: '',
    group: 'python',
    label: 'Proxy for packages',
    help: 'The proxy through which added Python packages are fetched, such as http://proxy.example.com:8080. Empty: what HTTPS_PROXY or pip says.',
    applies: 'at once',
    env: 'TABPY_TRAY_PACKAGE_PROXY',
  }),
  keepData: setting<boolean>({
    kind: onOff,
    default: true,
    group: 'privacy',
    label: 'Keep data of requests',
    help: 'Keeps what Tableau sent and got, in memory only, so that the window can show it. When off, only times, sizes and statuses are kept.',
    applies: 'at once',
    env: 'TABPY_TRAY_KEEP_DATA',
  }),
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;

/** The value of every setting. */
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

export const DEFAULT_SETTINGS: Settings = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].default]),
) as unknown as Settings;

/** Why a value cannot be this setting, as the end of a sentence that begins with its name; null when it can. */
export function faultOf(name: SettingName, value: unknown): string | null {
  const { kind } = SETTINGS[name] as Setting;
  switch (kind.kind) {
    case 'switch':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'choice':
      return kind.choices.includes(value as string) ? null : `must be one of ${kind.choices.join(', ')}`;
    case 'text':
      return typeof value === 'string' && value.length <= kind.mostCharacters
        ? null
        : `must be a text of at most ${kind.mostCharacters} characters`;
    case 'list':
      return Array.isArray(value) &&
        value.length <= kind.mostEntries &&
        value.every((one) => typeof one === 'string' && one !== '' && one.length <= kind.mostCharacters)
        ? null
        : `must be a list of at most ${kind.mostEntries} texts`;
    case 'number':
      return typeof value === 'number' &&
        value >= kind.least &&
        value <= kind.most &&
        (!kind.isWhole || Number.isInteger(value))
        ? null
        : `must be a ${kind.isWhole ? 'whole ' : ''}number from ${kind.least} to ${kind.most}`;
  }
}
