// The settings of Python: which one runs, how many, who shares it, and how much memory it may use.

import { number, setting, text } from './setting-kinds.ts';
import type { IsolationSetting } from './setting-kinds.ts';

export const PYTHON_SETTINGS = {
  python: setting<string>({
    kind: text(4_096),
    default: 'builtin',
    group: 'python',
    label: 'Python',
    help: 'The Python that runs scripts. builtin: the Python of this program. Or, on Linux, the path of a Python of yours or of its environment: scripts can use its packages, and the operating system keeps them from everything else.',
    applies: 'launch',
    env: 'TABPY_TRAY_PYTHON',
    option: 'python',
  }),
  workers: setting<number>({
    kind: number(1, 64),
    default: 2,
    group: 'python',
    label: 'Scripts at once',
    help: 'How many scripts run at the same time. Each script needs about 200 MB of memory.',
    applies: 'at once',
    env: 'TABPY_TRAY_WORKERS',
    option: 'workers',
  }),
  isolation: setting<IsolationSetting>({
    kind: { kind: 'choice', choices: ['caller', 'address', 'shared', 'request'] },
    default: 'caller',
    group: 'python',
    label: 'Who shares a Python',
    help: 'caller: each Tableau user at each address has a separate Python. address: all Tableau users at one address (or all with the same sign-in) share a Python and can see what the others left in it; this needs less memory. shared: everybody uses the same Python, as in TabPy. request: every request gets a new Python, which is slow.',
    applies: 'python',
    env: 'TABPY_TRAY_ISOLATION',
    option: 'isolation',
  }),
  interpreterMegabytes: setting<number>({
    kind: number(300, 16_384, 'MB'),
    default: 1_500,
    group: 'python',
    label: 'Memory of one script',
    help: 'A script that needs more is stopped, and Tableau shows an error.',
    applies: 'python',
    env: 'TABPY_TRAY_MEMORY_MB',
  }),
  pythonMegabytes: setting<number>({
    kind: number(0, 1_048_576, 'MB'),
    default: 0,
    group: 'python',
    label: 'Memory of all Pythons',
    help: 'The memory that all Pythons together may use while they stay ready for their callers. When they need more, the Python that was unused for the longest time is ended. 0: a quarter of the memory of this computer.',
    applies: 'at once',
    env: 'TABPY_TRAY_PYTHON_MEMORY_MB',
    option: 'python-memory',
  }),
} as const;
