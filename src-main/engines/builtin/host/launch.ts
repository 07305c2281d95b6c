// How an interpreter process is started: command, flags, limits. Pure.

import { join } from 'node:path';

export interface InterpreterConfig {
  /** An image's folder, as in `ImageInfo.dir`: links resolved, because the permission model compares real paths. */
  readonly imageDir: string;
  /** The folder with the file image of added packages, links resolved; null where nothing was added. */
  readonly addedDir?: string | null;
  /** Memory limit of the process for data, in MB, where the system supports it; below 1000 it may not start. */
  readonly memoryMb: number;
  /** Answers larger than this become an error answer. */
  readonly maxResultBytes: number;
  /** Boot without the image's snapshot. */
  readonly isPlain?: boolean;
  /** Lets the process print to standard error why a boot failed. */
  readonly isDebug?: boolean;
  /** Node's program; by default the running program. */
  readonly nodePath?: string;
  readonly platform?: NodeJS.Platform;
  /** Windows starts no program without it. */
  readonly systemRoot?: string;
}

/** For child_process.spawn; fd 3 takes requests, fd 4 returns answers. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stdio: readonly ('ignore' | 'pipe')[];
}

/** V8's flags; the image's code cache is made under the same flags, because V8 refuses a cache made under others. */
export const V8_FLAGS: readonly string[] = [
  // Stops: eval, Function(…) and the like in every realm of the process, not only in the guest's.
  '--disallow-code-generation-from-strings',
  '--max-old-space-size=256',
  '--wasm-lazy-validation',
  // The young generation grows to 16 MB while booting and is never freed, because the event loop never turns again.
  '--max-semi-space-size=2',
  // Recursion through C (a key function that sorts, a __repr__ of a __repr__) needs more than V8's usual megabyte to reach
  // Python's own limit; without it the interpreter dies instead of raising RecursionError. Windows' stacks are smaller.
  ...(process.platform === 'win32' ? [] : ['--stack-size=4000']),
];

/**
 * Stops: a script that runs on for ever because its server was killed. A waiting process sees that the server's end of
 * fd 5 closed, and ends the interpreter; a line on fd 5 reports that the interpreter has ended already.
 */
const TETHER =
  'if { true <&5; } 2>/dev/null; then (exec 3<&- 4>&- 2>/dev/null; read -r _ <&5 || kill -9 $$) & exec 5<&-; fi';

/** Stops: a kernel short of memory that ends the server, or a program of the user, for what a script took. */
const FIRST_TO_GO = '{ echo 900 > /proc/self/oom_score_adj; } 2>/dev/null';

/**
 * V8 maps all of its space for code as writable (512 MB, and 128 MB for WebAssembly), which the system counts as data
 * although hardly any of it is ever touched: without this a script got 450 MB of its 1,500. The parent watches the
 * memory that is really resident.
 */
const CODE_RESERVE_MB = 700;

/** Limits of the process (setrlimit): no core file with the data, few files, no file written, memory bounded. */
function limitsOf(memoryMb: number): string {
  // The stack must be as large as --stack-size promises V8, or a deep recursion is a crash instead of a RecursionError.
  const limits = `ulimit -c 0; ulimit -n 64; ulimit -f 0; ulimit -s 8192 2>/dev/null; ulimit -d ${(memoryMb + CODE_RESERVE_MB) * 1024} 2>/dev/null`;
  return `${FIRST_TO_GO}; ${TETHER}; ${limits}; exec "$0" "$@"`;
}

/** Stops: a clock that shows where the user is; and a local time that differs between computers. */
const OWN_ENV: Readonly<Record<string, string>> = {
  TZ: 'UTC',
  // glibc: otherwise blocks that only the boot needed stay in the middle of its heap, 11 to 20 MB; other systems ignore
  // these.
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

export function launchOf(config: InterpreterConfig): Launch {
  const { imageDir, addedDir = null, maxResultBytes, memoryMb, isPlain = false, isDebug = false } = config;
  const { platform = process.platform } = config;
  const node = config.nodePath ?? process.execPath;
  const hostConfig = { imageDir, addedDir, maxResultBytes, isPlain, isDebug };
  const args = [
    // Stops: files other than the image's and the added packages', programs, worker threads, addons, the inspector.
    '--permission',
    `--allow-fs-read=${join(imageDir, '*')}`,
    ...(addedDir === null ? [] : [`--allow-fs-read=${join(addedDir, '*')}`]),
    ...V8_FLAGS,
    '--disable-proto=delete',
    '--no-addons',
    '--unhandled-rejections=none',
    '--no-warnings',
    join(imageDir, 'entry.cjs'),
    JSON.stringify(hostConfig),
  ];
  const rest = { cwd: '/', stdio: ['ignore', 'ignore', isDebug ? 'pipe' : 'ignore', 'pipe', 'pipe'] } as const;
  if (platform === 'win32') {
    const env = config.systemRoot === undefined ? OWN_ENV : { ...OWN_ENV, SystemRoot: config.systemRoot };
    return { command: node, args, env, ...rest };
  }
  return { command: '/bin/sh', args: ['-c', limitsOf(memoryMb), node, ...args], env: OWN_ENV, ...rest };
}
