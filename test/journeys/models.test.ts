// TabPy's models from the window's call to what Tableau gets, in the real Python. TabPy's own integration tests are the model.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

describe('TabPy’s models', () => {
  let server: RunningServer;
  let deployModels: () => Promise<unknown>;

  beforeAll(async () => {
    server = await startServer({ args: ['--console'] });
    deployModels = await windowOf(server);
  }, 120_000);
  afterAll(() => server.stop());

  it('are deployed with one call, again as a second version', async () => {
    const names = ['PCA', 'Sentiment Analysis', 'ttest', 'anova'];
    expect(await deployModels()).toEqual({ ok: true, answer: names });
    const { body } = await server.get('/endpoints');
    expect(Object.keys(body as object).toSorted()).toEqual(names.toSorted());
    expect(await deployModels()).toEqual({ ok: true, answer: names });
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
});

/** What the window calls, as a browser that came through the link of the console. */
async function windowOf(server: RunningServer): Promise<() => Promise<unknown>> {
  const printed = await vi.waitFor(() => /Its window in a browser: (\S+)\n/.exec(server.output())![1]!);
  const link = new URL(printed);
  const entered = await fetch(link, { redirect: 'manual' });
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!;
  return async () => {
    const answer = await fetch(new URL('/call/deployModels', link), {
      method: 'POST',
      headers: { cookie, origin: link.origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      body: '[]',
    });
    return answer.json();
  };
}
