// The calls about environments, for page and command line. One work at a time; it can be cancelled. Must not know how an
// environment is made or looked into.

import { BUILTIN, sameEnvironmentName } from '../../src-shared/environment.ts';
import type {
  Environment,
  EnvironmentLook,
  EnvironmentsState,
  EnvironmentWork,
  FoundPython,
  NewEnvironment,
} from '../../src-shared/environment.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';

export type EnvironmentCalls = Pick<
  Calls,
  | 'findPythons'
  | 'addEnvironment'
  | 'lookIntoEnvironment'
  | 'createEnvironment'
  | 'changeEnvironment'
  | 'removeEnvironment'
  | 'chooseEnvironment'
  | 'cancelEnvironmentWork'
>;

export interface EnvironmentsForPage {
  readonly calls: EnvironmentCalls;
  state(): EnvironmentsState;
}

/** Progress and cancelling of a long work. */
interface Control {
  readonly signal: AbortSignal;
  readonly tell: (text: string, fraction: number | null) => void;
}

/** The environments themselves. */
export interface EnvironmentSet {
  list(): readonly Environment[];
  found(): Promise<readonly FoundPython[]>;
  add(path: string, name: string | null, control: Control): Promise<Environment>;
  look(name: string, control: Control): Promise<EnvironmentLook>;
  create(wish: NewEnvironment, control: Control): Promise<Environment>;
  change(name: string, add: readonly string[], remove: readonly string[], control: Control): Promise<Environment>;
  remove(name: string): Promise<void>;
}

/** What runs scripts where nothing else is said. */
export interface StandardEnvironment {
  /** Null: it cannot be chosen here. */
  read(): string | null;
  choose(name: string): Promise<void>;
}

export interface EnvironmentCallsDeps {
  readonly environments: EnvironmentSet;
  readonly standard: StandardEnvironment;
  /** Called when `state()` may have changed. */
  readonly onChange: (state: EnvironmentsState) => void;
  readonly log: { info(text: string): void; warn(text: string): void };
}

const TELL_MS = 200;

export function createEnvironmentCalls({
  environments,
  standard,
  onChange,
  log,
}: EnvironmentCallsDeps): EnvironmentsForPage {
  let work: EnvironmentWork | null = null;
  let stop: AbortController | null = null;
  let timer: NodeJS.Timeout | null = null;

  const state = (): EnvironmentsState => ({ environments: environments.list(), standard: standard.read(), work });
  const announce = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    onChange(state());
  };
  const working = async <Answer>(run: (control: Control) => Promise<Answer>): Promise<Answer> => {
    if (stop !== null)
      throw new Refusal('refused', 'Another change of environments is running. Wait until it ends, or cancel it.');
    const mine = new AbortController();
    stop = mine;
    const { signal } = mine;
    const tell = (text: string, fraction: number | null): void => {
      work = { text, fraction };
      timer ??= setTimeout(announce, TELL_MS).unref();
    };
    try {
      return await run({ signal, tell });
    } catch (error) {
      if (signal.aborted) throw new Refusal('refused', 'It was cancelled. Nothing was changed.');
      if (isRefusal(error)) throw error;
      log.warn(`environments: ${(error as Error).stack ?? String(error)}`);
      throw new Refusal('refused', `The environments could not be changed: ${(error as Error).message}.`);
    } finally {
      [stop, work] = [null, null];
      announce();
    }
  };
  const note = <One extends Environment>(one: One, what: string): One => {
    log.info(`environment ${one.name} ${what}: Python ${one.version}, ${one.python}`);
    return one;
  };

  return {
    state,
    calls: {
      findPythons: () => environments.found(),
      addEnvironment: (path, name) =>
        working(async (control) => note(await environments.add(path, name, control), 'was added')),
      lookIntoEnvironment: (name) => working((control) => environments.look(name, control)),
      createEnvironment: (wish) =>
        working(async (control) => note(await environments.create(wish, control), 'was made')),
      changeEnvironment: (name, add, remove) =>
        working(async (control) => note(await environments.change(name, add, remove, control), 'was changed')),
      async removeEnvironment(name) {
        if (sameEnvironmentName(name, standard.read() ?? ''))
          throw new Refusal('refused', `${name} runs scripts by default. Choose another default first.`);
        await working(() => environments.remove(name));
        log.info(`environment ${name} was removed`);
        return null;
      },
      async chooseEnvironment(name) {
        const known = environments.list().find((one) => sameEnvironmentName(one.name, name));
        if (!known && name !== BUILTIN)
          throw new Refusal(
            'refused',
            `There is no environment '${name.slice(0, 100)}'. Name one of the list, or ${BUILTIN}.`,
          );
        await standard.choose(known?.name ?? BUILTIN);
        announce();
        return null;
      },
      cancelEnvironmentWork() {
        stop?.abort();
        return Promise.resolve(null);
      },
    },
  };
}
