// What page and command line are told of environments, and what comes of what they ask for.

import { describe, expect, it } from 'vitest';
import { ENVIRONMENT, fakeEnvironments } from './support/fake-environments.ts';

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('environments as the page sees them', () => {
  it('tells what is being done, and that it is over', async () => {
    const { promise, resolve } = Promise.withResolvers<typeof ENVIRONMENT>();
    const { forPage, told, logged } = fakeEnvironments({
      create: (_wish, { tell }) => {
        tell('Choosing versions', null);
        return promise;
      },
    });
    const making = forPage.calls.createEnvironment({
      name: 'lab',
      python: null,
      contents: { kind: 'packages', text: 'pandas' },
    });
    expect(forPage.state().work).toEqual({ text: 'Choosing versions', fraction: null });
    resolve(ENVIRONMENT);
    expect(await making).toEqual(ENVIRONMENT);
    expect(told.at(-1)).toEqual({ environments: [ENVIRONMENT], standard: 'builtin', work: null });
    expect(logged).toEqual(['environment lab was made: Python 3.12.4, /home/ana/lab/.venv/bin/python']);
  });

  it('does one work at a time, and can cancel it', async () => {
    const { forPage } = fakeEnvironments({ look: (_name, { signal }) => never(signal) });
    const looking = forPage.calls.lookIntoEnvironment('lab');
    await expect(forPage.calls.addEnvironment('/usr/bin/python3', null)).rejects.toThrow(
      'Another change of environments is running. Wait until it ends, or cancel it.',
    );
    await forPage.calls.cancelEnvironmentWork();
    await expect(looking).rejects.toThrow('It was cancelled. Nothing was changed.');
    expect(await forPage.calls.addEnvironment('/usr/bin/python3', null)).toEqual(ENVIRONMENT);
  });

  it('says of a fault what happened, and keeps where in the log', async () => {
    const { forPage, logged } = fakeEnvironments({ remove: () => Promise.reject(new Error('ENOSPC: no space left')) });
    await expect(forPage.calls.removeEnvironment('lab')).rejects.toThrow(
      'The environments could not be changed: ENOSPC: no space left.',
    );
    expect(logged.join('\n')).toContain('environment-calls.test.ts');
  });

  it('chooses one of the list, or the built-in Python, and nothing else', async () => {
    const { forPage, chosen } = fakeEnvironments();
    await forPage.calls.chooseEnvironment('LAB');
    await forPage.calls.chooseEnvironment('builtin');
    expect(chosen).toEqual(['lab', 'builtin']);
    await expect(forPage.calls.chooseEnvironment('other')).rejects.toThrow(
      "There is no environment 'other'. Name one of the list, or builtin.",
    );
  });

  it('keeps the environment that runs scripts by default', async () => {
    const { forPage } = fakeEnvironments({}, () => 'lab');
    await expect(forPage.calls.removeEnvironment('Lab')).rejects.toThrow(
      'Lab runs scripts by default. Choose another default first.',
    );
  });
});
