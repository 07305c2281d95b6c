// What a program could say of itself, as snapshots: every state of the server, and a day's work. Must not know the page.

import { NO_ENVIRONMENTS } from '../../../src-shared/environment.ts';
import { requestRecordOf } from '../../support/request-facts.ts';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { Snapshot } from '../../../src-shared/ipc.ts';
import type { LogEntry } from '../../../src-shared/log-entry.ts';
import type { LiveRequest, RequestDetail, RequestRecord } from '../../../src-shared/request-record.ts';
import type { Address, ServiceState } from '../../../src-shared/service-state.ts';
import { DEFAULT_SETTINGS } from '../../../src-shared/settings.ts';
import { NO_PROGRESS } from '../../../src-shared/tableau-progress.ts';
import { PACKAGES } from './package-scenes.ts';

/** The moment at which all scenes play: a Tuesday, 12:41:30 local time. */
export const NOW = new Date(2026, 10, 24, 12, 41, 30).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const address: Address = {
  protocol: 'http',
  hosts: ['127.0.0.1', '::1'],
  port: 9004,
  since: NOW - 2 * HOUR - 14 * MINUTE,
};
const postgres = { name: 'python.exe', pid: 8124 };

export const STATES = {
  stopped: { kind: 'stopped' },
  starting: {
    kind: 'starting',
    address,
    since: NOW - 1_400,
    step: { text: 'Fetching scikit-learn, 3 of 4', fraction: 0.62 },
  },
  running: { kind: 'running', address },
  busy: { kind: 'busy', address, scripts: 1, waiting: 3 },
  degraded: { kind: 'degraded', address, why: 'script stopped after 30 s', scripts: 0, waiting: 0 },
  'port-conflict': {
    kind: 'port-conflict',
    port: 9004,
    holder: postgres,
    answersLike: 'TabPy 2.16.0',
    freePort: 9005,
  },
  'port-reserved': { kind: 'port-reserved', port: 9004, freePort: 9005 },
  'listen-failed': {
    kind: 'listen-failed',
    port: 9004,
    why: 'Cannot listen on 192.168.7.20 port 9004: EADDRNOTAVAIL. Choose an address of this computer under Settings.',
  },
  'python-failed': {
    kind: 'python-failed',
    address,
    why: 'The file numpy-2.4.3.whl differs from what was published (SHA-256). It was set aside; restart Python to fetch it again.',
  },
  stopping: { kind: 'stopping', requests: 1 },
} as const satisfies Record<ServiceState['kind'], ServiceState>;

const SCHEMA =
  "{'input': {'type': 'object', 'properties': {'sales': {'type': 'array', 'items': {'type': 'number'}}, " +
  "'costs': {'type': 'array', 'items': {'type': 'number'}}}, 'required': ['sales', 'costs']}, " +
  "'sample': {'sales': [10.0, 20.0], 'costs': [5.0, 8.0]}, 'output': {'type': 'array', 'items': {'type': 'number'}}}";

function endpoint(name: string, description: string, more: Partial<DeployedFunction> = {}): DeployedFunction {
  return {
    name,
    type: 'model',
    version: 1,
    description,
    docstring: '-- no docstring found in query function --',
    schema: null,
    isPublic: false,
    creationTime: Math.floor((NOW - 40 * 24 * HOUR) / 1000),
    lastModifiedTime: Math.floor((NOW - 20 * HOUR) / 1000),
    dependencies: [],
    methods: [],
    target: null,
    status: 'LoadSuccessful',
    lastError: null,
    ...more,
  };
}

export const FUNCTIONS: readonly DeployedFunction[] = [
  endpoint('profitRatio', 'Profit as a share of sales', {
    version: 3,
    isPublic: true,
    schema: SCHEMA,
    docstring:
      'Profit ratio of each mark.\n\nsales, costs: one number a mark\nreturns: (sales - costs) / sales, null where nothing was sold',
    lastModifiedTime: Math.floor((NOW - 2 * HOUR) / 1000),
  }),
  endpoint('clustering', 'DBSCAN over any two measures', { version: 2, isPublic: true }),
  endpoint('ttest', "Student's t-test of two samples", { isPublic: true }),
  endpoint('anova', 'One-way analysis of variance'),
  endpoint('sentiment', 'How friendly a text is, from -1 to 1', {
    status: 'LoadFailed',
    lastError:
      'This function was saved by Python 3.11; this server runs Python 3.14. Deploy it with Client(url, remote_server=True).',
  }),
  endpoint('ratio', '', { type: 'alias', target: 'profitRatio', dependencies: ['profitRatio'] }),
];

let randomState = 7;
/** From 0 to 1, the same in every run. */
function random(): number {
  randomState = (randomState * 48_271) % 2_147_483_647;
  return randomState / 2_147_483_647;
}

export function requestRecord(id: number, startedAt: number, more: Partial<RequestRecord> = {}): RequestRecord {
  return requestRecordOf({ id, startedAt, client: 'Tableau Desktop', user: 'ana.lopez', ...more });
}

const SCRIPTS = [
  {
    preview: "return tabpy.query('profitRatio', _arg1, _arg2)['response']",
    telling: "return tabpy.query('profitRatio', _arg1, _arg2)['response']",
  },
  {
    preview: 'import numpy as np x = np.asarray(_arg1) return (x / x.max()).tolist()',
    telling: 'return (x / x.max()).tolist()',
  },
  { preview: 'return [name.upper() for name in _arg1]', telling: 'return [name.upper() for name in _arg1]' },
];

/** Requests that are not answered yet. */
export const LIVE: readonly LiveRequest[] = [
  {
    ...requestRecordOf({
      id: 900,
      startedAt: NOW - 12_400,
      user: 'ana.lopez',
      telling: 'Forecast of the next twelve months',
    }),
    state: 'running',
    since: NOW - 12_000,
  },
  {
    ...requestRecordOf({ id: 901, startedAt: NOW - 3_000, path: '/query/clustering', user: 'ben.okafor' }),
    state: 'waiting',
    since: NOW - 3_000,
  },
];

const REJECTED = { kind: 'wrong-length', rowsSent: 40, rowsBack: 39 } as const;

/** What was in a request: a script that fails in its last line, or one that answers a value too few. */
export function requestDetail(record: RequestRecord, outcome: 'failed' | 'rejected'): RequestDetail {
  const script = 'import numpy as np\n\nx = np.asarray(_arg1)\nreturn forecast(x).tolist()';
  const sales = Array.from({ length: 40 }, (_, i) => Math.round(1_000 * Math.sin(i / 3)) / 10 + 200);
  const customers = sales.map((_, i) => (i % 5 === 4 ? null : `Customer ${i * 7}`));
  const error = {
    type: 'NameError',
    text: "name 'forecast' is not defined",
    cause: "forecast is a deployed function. Call it with tabpy.query('forecast', _arg1)['response'].",
    line: 4,
    traceback: null,
  };
  const facts: Partial<RequestRecord> =
    outcome === 'failed'
      ? { verdict: 'failed', reason: error.cause, line: 4, rowsSent: 40, rowsBack: null }
      : { verdict: 'rejected', reason: '39 values for 40 rows.', rejection: REJECTED, rowsSent: 40, rowsBack: 39 };
  const answer = outcome === 'failed' ? { message: 'Error processing script', info: error.text } : sales.slice(1);
  return {
    record: { ...record, telling: 'return forecast(x).tolist()', ...facts },
    headers: { host: 'localhost:9004', 'content-type': 'application/json', 'tabpy-client': 'Tableau Desktop' },
    request: { kind: 'kept', text: JSON.stringify({ data: { _arg1: sales, _arg2: customers }, script }) },
    response: { kind: 'kept', text: JSON.stringify(answer) },
    prints: outcome === 'failed' ? '' : '40 rows\n',
    printsDropped: 0,
    error: outcome === 'failed' ? error : null,
  };
}

/** Tableau's way: /info, then a calculation for each partition; now and then one that fails. */
function aDaysRequests(): readonly RequestRecord[] {
  const records: RequestRecord[] = [];
  for (let refresh = 0; refresh < 26; refresh += 1) {
    let at = NOW - 58 * MINUTE + refresh * 2.2 * MINUTE + random() * MINUTE;
    if (at > NOW) break;
    const next = (more: Partial<RequestRecord>): void => {
      const record = requestRecord(records.length + 1, at, { elapsedMs: 2 + random() * 6, ...more });
      records.push(record);
      at += record.elapsedMs + 20;
    };
    next({
      method: 'GET',
      path: '/info',
      elapsedMs: 0.4 + random() / 2,
      requestBytes: 0,
      responseBytes: 318,
      user: null,
      rowsSent: null,
      rowsBack: null,
      waitedMs: null,
      ranMs: null,
    });
    const partitions = 1 + Math.floor(random() * random() * 22);
    const script = SCRIPTS[refresh % SCRIPTS.length]!;
    const rows = 8 + Math.floor(random() * 40);
    for (let one = 0; one < partitions; one += 1) {
      next({
        ...script,
        rowsSent: rows,
        rowsBack: rows,
        requestBytes: 900 + Math.floor(random() * 4_000),
        responseBytes: 120 + Math.floor(random() * 900),
      });
    }
    if (refresh % 5 === 2) next({ path: '/query/profitRatio', elapsedMs: 1.8, responseBytes: 96 });
    if (refresh % 9 === 7) {
      next({
        preview: 'x = _arg1 return [a / b for a, b in zip(_arg2, x)]',
        telling: 'return [a / b for a, b in zip(_arg2, x)]',
        status: 500,
        elapsedMs: 6.1,
        failure: "TypeError : unsupported operand type(s) for /: 'NoneType' and 'float'",
        reason: '_arg2 is null in row 3 (4 of 20 rows are null). Return None for such rows.',
        line: 2,
      });
    }
    if (refresh === 18) {
      next({
        status: 408,
        elapsedMs: 30_012,
        waitedMs: 1_204,
        ranMs: 28_808,
        telling: 'Forecast of the next twelve months',
        failure: 'User defined script timed out. Timeout is set to 30.0 s.',
        verdict: 'stopped',
        reason: 'Stopped after 30 s, which is the time-out. Send fewer rows, or make the script faster.',
      });
    }
  }
  return records;
}

const LOG_TEXTS: readonly (readonly [LogEntry['level'], string, (readonly string[])?])[] = [
  ['info', 'TabPy Tray 0.1.0 starts'],
  ['info', 'listening on 127.0.0.1 and ::1, port 9004'],
  ['info', 'Python 3.14.2 ready after 1.2 s'],
  ['info', '#1 ::1 GET /info 200 0.6 ms 0+316 bytes'],
  ['info', '#2 ::1 POST /evaluate 200 3.3 ms 1204+412 bytes'],
  ['info', '#3 ::1 POST /evaluate 200 2.9 ms 1121+388 bytes'],
  ['warn', 'sentiment could not be loaded: it was saved by Python 3.11, this server runs Python 3.14'],
  ['info', '#4 ::1 POST /query/profitRatio 200 1.8 ms 240+96 bytes'],
  ['error', '#5 ::1 POST /evaluate 500 6.1 ms 1121+87 bytes NameError in line 2', ['line 9', 'line 2, in ratio']],
  ['info', '#6 ::1 GET /info 200 0.5 ms 0+316 bytes'],
];

function aDaysLog(): readonly LogEntry[] {
  return Array.from({ length: 240 }, (_, index) => {
    const [level, text, detail] = LOG_TEXTS[index < 3 ? index : 3 + ((index * 5) % (LOG_TEXTS.length - 3))]!;
    return { id: index + 1, at: NOW - (240 - index) * 14_321, level, text, ...(detail ? { detail } : {}) };
  });
}

/** A day's work in the running server; `more` replaces parts of it. */
export function snapshotWith(more: Partial<Snapshot> = {}): Snapshot {
  return {
    program: {
      version: '0.1.0',
      python: '3.14.2',
      platform: 'linux',
      surface: 'app',
      dataDir: '/home/ana/.local/share/tabpy-tray',
    },
    state: STATES.running,
    settings: { ...DEFAULT_SETTINGS, showGuide: false },
    settingSources: {},
    notices: [],
    functions: FUNCTIONS,
    figures: {},
    followed: [],
    requests: aDaysRequests(),
    live: [],
    log: aDaysLog(),
    packages: PACKAGES,
    environments: NO_ENVIRONMENTS,
    tableau: NO_PROGRESS,
    ...more,
  };
}

/** Nothing has come yet, nothing is deployed. */
export function firstRun(state: ServiceState = STATES.running): Snapshot {
  const packages = { ...PACKAGES, added: [], missing: [] };
  return snapshotWith({
    state,
    settings: DEFAULT_SETTINGS,
    functions: [],
    requests: [],
    log: aDaysLog().slice(0, 3),
    packages,
  });
}
