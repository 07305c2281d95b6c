// The native engine: interpreters of a Python that the user has, behind the walls of the operating system. Must not know
// the server.

import type { Interpreter, InterpreterLimits } from '../../runtime/interpreter.ts';
import type { NativeEnvironment } from './environment.ts';
import { startNativeInterpreter } from './native-interpreter.ts';
import { Zygote } from './zygote.ts';
import type { NativeSources } from './zygote.ts';

export interface NativeEngineDeps {
  readonly environment: NativeEnvironment;
  readonly sources: NativeSources;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** Imported before the first interpreter, where they are there. */
  readonly modules?: readonly string[];
}

/** What most scripts import: each takes longer than most scripts run. */
const USUAL_MODULES: readonly string[] = ['numpy', 'pandas', 'sklearn', 'scipy', 'pydantic_core', 'cloudpickle'];

export class NativeEngine {
  readonly #deps: NativeEngineDeps;
  #zygote: Zygote | null = null;
  #isClosed = false;

  constructor(deps: NativeEngineDeps) {
    this.#deps = deps;
  }

  /** Resolves when interpreters can start. Rejects with a sentence that says why they cannot. */
  async prepare(): Promise<void> {
    await this.#readyZygote();
  }

  /** Starts an interpreter. Never throws: errors arrive through `ready` and `ended`. */
  start(limits: InterpreterLimits): Interpreter {
    return startNativeInterpreter(this.#readyZygote(), limits);
  }

  /** Ends everything that it started. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#zygote?.close();
  }

  async #readyZygote(): Promise<Zygote> {
    const { environment } = this.#deps;
    try {
      const zygote = this.#zygote?.isAlive ? this.#zygote : this.#startZygote();
      await zygote.ready;
      return zygote;
    } catch (error) {
      throw new Error(`The Python ${environment.python} cannot run scripts: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  }

  #startZygote(): Zygote {
    const { environment, sources, modules = USUAL_MODULES, log } = this.#deps;
    const zygote = new Zygote({ python: environment.python, modules, sources });
    this.#zygote = zygote;
    let isReady = false;
    zygote.ready.then(
      ({ importMs, failed, outside }) => {
        isReady = true;
        log.info(`Python ${environment.version} of ${environment.python} is ready after ${importMs} ms`);
        for (const [module, why] of Object.entries(failed)) log.warn(`${module} could not be imported: ${why}`);
        for (const folder of outside)
          log.warn(`scripts cannot import from ${folder}, because it lies outside of the environment`);
      },
      () => undefined,
    );
    void zygote.ended.then((why) => {
      if (isReady && !this.#isClosed)
        log.warn(`the Python ${environment.python} ended (${why}); it starts again with the next request`);
    });
    return zygote;
  }
}
