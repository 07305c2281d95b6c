// TabPy's models from the command to what Tableau gets, in the real Python. TabPy's own integration tests are the model.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temp-folder.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const root = path.resolve(import.meta.dirname, '../..');
const DEPLOYED = "Deployed 'PCA'.\nDeployed 'Sentiment Analysis'.\nDeployed 'ttest'.\nDeployed 'anova'.\n";

/** What `tabpy-tray deploy-models` prints. Rejects when it ends with another code than 0. */
async function deployModels(dataDir: string): Promise<string> {
  const args = ['src-main/entries/cli.ts', 'deploy-models', '--data-dir', dataDir];
  return (await promisify(execFile)(process.execPath, args, { cwd: root })).stdout;
}

describe('TabPy’s models', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
  }, 120_000);
  afterAll(() => server.stop());

  it('are deployed with one command while the server runs, again as a second version', async () => {
    const names = ['PCA', 'Sentiment Analysis', 'ttest', 'anova'];
    expect(await deployModels(server.dataDir)).toBe(DEPLOYED);
    const { body } = await server.get('/endpoints');
    expect(Object.keys(body as object).toSorted()).toEqual(names.toSorted());
    expect(await deployModels(server.dataDir)).toBe(DEPLOYED);
    expect((await server.get('/endpoints/Sentiment%20Analysis')).body).toMatchObject({
      version: 2,
      description: 'Returns a sentiment score between -1 and 1 for a given string',
      docstring: expect.stringContaining('score for each text') as string,
      schema: null,
      is_public: false,
    });
    expect((await server.get('/status')).body).toMatchObject({
      PCA: { status: 'LoadSuccessful', last_error: null },
      anova: { status: 'LoadSuccessful', last_error: null },
    });
  }, 60_000);

  const texts = { _arg1: ['happy', 'sad', 'neutral'] };
  it.each([
    ["return tabpy.query('Sentiment Analysis', _arg1)['response']", texts, [0.5719, -0.4767, 0]],
    ["return tabpy.query('Sentiment Analysis', _arg1, library='nltk')['response']", texts, [0.5719, -0.4767, 0]],
    ["return tabpy.query('Sentiment Analysis', _arg1=_arg1, library='textblob')['response']", texts, [0.8, -0.5, 0]],
  ])('score texts as SCRIPT_REAL asks: %s', async (script, data, scores) => {
    expect((await server.evaluate(script, data)).body).toEqual(scores);
  });

  it('take rows as MODEL_EXTENSION_REAL sends them', async () => {
    const data = { component: 1, _arg1: [1, 2, 3], _arg2: [2.5, 1, 7] };
    const { status, body } = await server.post('/query/PCA', { data });
    expect(status).toBe(200);
    const { response } = body as { readonly response: readonly number[] };
    expect(response).toHaveLength(3);
    expect(response.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
  });

  it('compare samples, and say in Tableau what they cannot compare', async () => {
    const compared = await server.evaluate("return tabpy.query('ttest', _arg1, _arg2)['response']", {
      _arg1: [5, 6, 7, 8],
      _arg2: [6.5],
    });
    expect(compared.body).toBe(1);
    const wrong = await server.post('/query/PCA', { data: [9, [1, 2], [3, 4]] });
    expect(wrong).toMatchObject({ status: 500, body: { info: { error: expect.stringContaining('component is 9') } } });
  });

  it('leave NLTK and TextBlob to scripts, without a download', async () => {
    const script = [
      'import nltk',
      "nltk.download('vader_lexicon', quiet=True)",
      'from nltk.sentiment.vader import SentimentIntensityAnalyzer',
      'from textblob import TextBlob',
      "return [SentimentIntensityAnalyzer().polarity_scores('GREAT!')['compound'], TextBlob('great').sentiment.polarity]",
    ].join('\n');
    expect((await server.evaluate(script)).body).toEqual([0.6588, 0.8]);
  });

  it('are deployed into a folder that no server has', async () => {
    const dataDir = temporaryFolder();
    expect(await deployModels(dataDir)).toBe(DEPLOYED);
    const later = await startServer({ dataDir });
    try {
      expect(
        (
          await later.post('/query/anova', {
            data: [
              [1, 2, 3],
              [2, 3, 4],
            ],
          })
        ).status,
      ).toBe(200);
    } finally {
      await later.stop();
    }
  }, 60_000);

  it('are not deployed by a command that is not understood', async () => {
    const args = ['src-main/entries/cli.ts', 'deploy-models', '--nonsense'];
    await expect(promisify(execFile)(process.execPath, args, { cwd: root })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Unknown option '--nonsense'. See tabpy-tray deploy-models --help.") as string,
    });
  });
});
