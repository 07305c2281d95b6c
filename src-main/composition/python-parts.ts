// The Python side of the program: interpreters, how many may run, and added packages. Must not know HTTP or pages.

import type { PackagesState } from '../../src-shared/package.ts';
import type { Step } from '../../src-shared/service-state.ts';
import type { Registry } from '../functions/registry.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Interpreter, InterpreterLimits } from '../runtime/interpreter.ts';
import { createMemoryBudget } from '../runtime/memory-budget.ts';
import type { MemoryBudget } from '../runtime/memory-budget.ts';
import type { ReplyMeta } from '../runtime/messages.ts';
import type { Capacity } from '../runtime/pool-rules.ts';
import { memoryOfSystem } from '../runtime/resident-memory.ts';
import { createRuntime } from '../runtime/runtime.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { warmedUp } from '../runtime/warm-up.ts';
import type { ScriptFiles } from '../script-files/script-files.ts';
import { createPackageParts } from './packages.ts';
import type { PackageParts } from './packages.ts';
import type { ComposeOptions } from './parts.ts';
import { filesOf, functionsOf, loadAgain } from './replica.ts';
import type { OwnAddress } from './replica.ts';

/** Callbacks to the rest of the program. */
export interface PythonEvents {
  /** The visible state of the runtime changed; must be cheap. */
  readonly onChange: () => void;
  /** Python ended in the middle of a request. */
  readonly onBroken: (reason: EndReason) => void;
  /** A request called deployed functions from inside. */
  readonly onAsked: (asked: NonNullable<ReplyMeta['asked']>) => void;
  /** The version of Python is known. */
  readonly onVersion: () => void;
  readonly onPackages: (state: PackagesState) => void;
}

export interface PythonPartsDeps {
  readonly options: ComposeOptions;
  readonly registry: Registry;
  readonly scriptFiles: ScriptFiles;
  /** The present addresses under which callers reach the server. */
  readonly ownAddress: () => OwnAddress;
  readonly events: PythonEvents;
}

const BOOT_MS = 120_000;
// A result of 256 MB is far more than Tableau reads; a larger one is a mistake or an attack.
const FRAME_BYTES = 256 * 1024 * 1024;
const MEGABYTE = 1_000_000;

export class PythonParts {
  readonly runtime: Runtime;
  readonly packages: PackageParts;
  readonly #deps: PythonPartsDeps;
  readonly #memory: MemoryBudget;
  #version: string | null = null;

  constructor(deps: PythonPartsDeps) {
    const { settings, python } = deps.options;
    this.#deps = deps;
    this.#memory = createMemoryBudget({
      budgetBytes: () => settings.read().pythonMegabytes * MEGABYTE || memoryOfSystem() / 4,
      interpreters: () => this.runtime.interpreters(),
      onMost: () => this.runtime.setCapacity(this.#capacity()),
    });
    this.runtime = this.#createRuntime();
    this.packages = this.#createPackages();
    python.onReplaced?.(() => void this.runtime.renew());
    settings.onChange(() => {
      this.#memory.recount();
      this.runtime.setCapacity(this.#capacity());
    });
  }

  /** The version of Python that runs here; null while it is not known. */
  version(): string | null {
    return this.#version;
  }

  /** Prepares what interpreters start from. */
  async prepare(tell: (step: Step) => void): Promise<void> {
    const { python, settings } = this.#deps.options;
    await python.prepare(tell, settings.read());
    if ((python.whyNoPackages?.() ?? null) === null) await this.packages.prepare();
  }

  #limits(): InterpreterLimits {
    const { interpreterMegabytes } = this.#deps.options.settings.read();
    return { bootMs: BOOT_MS, memoryBytes: interpreterMegabytes * MEGABYTE, frameBytes: FRAME_BYTES };
  }

  #capacity(): Capacity {
    const { isolation, workers } = this.#deps.options.settings.read();
    const spares = this.#deps.options.spares ?? (isolation === 'request' ? workers : 1);
    // With less memory they still have to run: one interpreter for each worker, one beside functions that never end,
    // and one for a caller from another address.
    return { isolation, workers, spares, most: Math.max(workers + 2, this.#memory.most()) };
  }

  #startInterpreter(): Interpreter {
    const { python, settings } = this.#deps.options;
    const interpreter = python.startInterpreter(settings.read(), this.#limits(), this.packages.addedDir());
    void interpreter.ready.then((answer) => {
      if (!('ready' in answer) || answer.python === this.#version) return;
      this.#version = answer.python;
      this.#deps.events.onVersion();
    });
    return python.startsWarm?.() ? interpreter : warmedUp(interpreter);
  }

  #createRuntime(): Runtime {
    const { options, registry, scriptFiles, ownAddress, events } = this.#deps;
    const { settings, log } = options;
    return createRuntime({
      capacity: this.#capacity(),
      evaluateTimeoutMs: () => settings.read().evaluateTimeoutSeconds * 1000,
      functionTimeoutMs: () => settings.read().functionTimeoutSeconds * 1000 || null,
      startInterpreter: () => this.#startInterpreter(),
      functions: functionsOf(registry, ownAddress),
      files: filesOf(scriptFiles),
      log,
      onChange: () => {
        events.onChange();
        this.#memory.noteChange();
      },
      onBroken: events.onBroken,
      onAsked: events.onAsked,
    });
  }

  #createPackages(): PackageParts {
    const { options, registry, events } = this.#deps;
    const { dataDir, python, settings, log } = options;
    return createPackageParts({
      dataDir,
      python,
      settings: () => settings.read(),
      limits: () => this.#limits(),
      renew: () => this.runtime.renew(),
      onSwitched: () => void loadAgain(registry, this.runtime),
      onChange: events.onPackages,
      log,
    });
  }
}
