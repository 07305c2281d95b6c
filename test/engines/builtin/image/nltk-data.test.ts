import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { nltkDataIn } from '../../../../src-main/engines/builtin/image/nltk-data.ts';
import { SITE_PACKAGES } from '../../../../src-main/engines/builtin/image/site-packages.ts';

const content = Buffer.from('happy\t2.7\t0.9\t[4, 2]\n'.repeat(100));
const lexicon = { path: `${SITE_PACKAGES}/vaderSentiment/vader_lexicon.txt`, bytes: content };

describe('the data of NLTK in an image', () => {
  it('is an archive with the lexicon, as NLTK’s downloader would leave it', async () => {
    const [archive, ...more] = nltkDataIn([lexicon]);
    expect(more).toEqual([]);
    expect(archive!.path).toBe('/usr/share/nltk_data/sentiment/vader_lexicon.zip');
    const zip = await fromBufferPromise(Buffer.from(archive!.bytes));
    const found: [string, string][] = [];
    for await (const entry of zip.eachEntry()) {
      const stream = await zip.openReadStreamPromise(entry);
      const text = Buffer.concat(await stream.toArray()).toString();
      expect(entry.crc32).toBe(crc32(content));
      found.push([entry.fileName, text]);
    }
    expect(found).toEqual([['vader_lexicon/vader_lexicon.txt', content.toString()]]);
  });

  it('is the same each time, so that the image is', () => {
    expect(nltkDataIn([lexicon])).toEqual(nltkDataIn([lexicon]));
  });

  it('is nothing where the package with the lexicon is missing', () => {
    expect(nltkDataIn([])).toEqual([]);
  });
});
