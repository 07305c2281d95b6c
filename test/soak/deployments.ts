// The analyst who deploys, replaces, takes back and removes functions, one change after another. Must not check answers of others.

import { sourceOf } from './function-book.ts';
import type { FunctionBook, FunctionState } from './function-book.ts';
import type { Random } from './random.ts';
import { ask, evaluation } from './soak-server.ts';
import type { HttpAnswer, Question } from './soak-server.ts';
import type { Tally } from './tally.ts';

export interface Deployments {
  /** Deploys the functions that everybody calls. Rejects when one cannot be deployed. */
  begin(): Promise<void>;
  /** One change of a function that changes. */
  change(): Promise<void>;
  /** Deploys once more, acknowledged: what a SIGKILL right after it must not lose. */
  last(): Promise<void>;
}

export interface DeploymentsDeps {
  readonly url: () => string;
  readonly book: FunctionBook;
  readonly random: Random;
  readonly tally: Tally;
}

const STEADY = ['steady', 'Profit ratio 7', 'steady-2'] as const;
const SHIFTING = ['shift-1', 'shift-2', 'shift-3', 'Shift four', 'shift_5'] as const;
const USER = 'alice';

export function createDeployments({ url, book, random, tally }: DeploymentsDeps): Deployments {
  let generation = 0;

  const send = async (kind: string, name: string, next: FunctionState, question: Question): Promise<boolean> => {
    const { settle } = book.begin(name, next);
    const answer = await ask(url(), question);
    const isDone = answer.status === 200 || answer.status === 204;
    const verdict = tally.good(
      kind,
      answer,
      isDone ? null : `${kind} of '${name}' answered ${answer.status} ${answer.text}`,
    );
    settle(isDone);
    if (verdict === 'refused') await seeThatNothingChanged(name);
    return isDone;
  };
  /** A change that was refused must not have happened, for those who look and for the one who tried. */
  const seeThatNothingChanged = async (name: string): Promise<void> => {
    for (const way of ['query', 'nested'] as const) {
      const look = book.look(name, [4, 2], way, USER);
      const answer: HttpAnswer = await ask(url(), look.question);
      tally.good(`${way} after a refusal`, answer, look.wrongWith(answer));
    }
  };
  const deploy = (name: string): Promise<boolean> => {
    const before = book.state(name);
    const next = { version: (before?.version ?? 0) + 1, generation: ++generation };
    return send(
      before ? 'override' : 'deploy',
      name,
      next,
      evaluation(deployScript(name, generation, before !== null), {}, USER),
    );
  };
  const remove = (name: string): Promise<boolean> => {
    const question: Question =
      random.next() < 0.5
        ? { method: 'DELETE', route: `/endpoints/${encodeURIComponent(name)}` }
        : evaluation(`${CLIENT}\nclient.remove('${name}')`, {}, USER);
    return send('remove', name, null, question);
  };
  /** TabPy's client goes back to an older version by naming its folder as the source of a new one. */
  const goBack = async (name: string, version: number): Promise<boolean> => {
    const old = 1 + random.whole(0, version - 1);
    const generationThen = book.generationOf(name, old);
    if (generationThen === undefined) return deploy(name);
    const where = await ask(url(), { method: 'GET', route: '/configurations/endpoint_upload_destination' });
    const { path } = JSON.parse(where.text) as { path: string };
    const body = { src_path: `${path}/endpoints/${name}/${old}`, should_update_version: true, description: 'back' };
    return send(
      'go back',
      name,
      { version: version + 1, generation: generationThen },
      {
        method: 'PUT',
        route: `/endpoints/${encodeURIComponent(name)}`,
        body: JSON.stringify(body),
      },
    );
  };

  return {
    async begin() {
      for (const name of [...STEADY, ...SHIFTING])
        if (!(await deploy(name))) throw new Error(`'${name}' could not be deployed at the start`);
    },
    async change() {
      const name = random.pick(SHIFTING);
      const state = book.state(name);
      if (state === null) return void (await deploy(name));
      await random.weighted<() => Promise<boolean>>([
        [65, () => deploy(name)],
        [20, () => remove(name)],
        [15, () => goBack(name, state.version)],
      ])();
    },
    async last() {
      await deploy(STEADY[0]);
    },
  };
}

const CLIENT = `from tabpy.tabpy_tools.client import Client\nclient = Client('http://localhost:9004/')`;

/** As TabPy's client sends it for \`Client(url, remote_server=True).deploy\`. */
export function deployScript(name: string, generation: number, override: boolean): string {
  return `${CLIENT}\n${sourceOf(generation)}\nclient.deploy('${name}', answer, 'generation ${generation}', override=${override ? 'True' : 'False'})`;
}
