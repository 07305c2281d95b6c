import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import type { FunctionRecord } from '../../src-main/functions/function-record.ts';
import { checkQuota, MOST_FUNCTIONS, MOST_PICKLE_BYTES, versionsToForget } from '../../src-main/functions/quota.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { deployment, NOW, openFolder } from './support/deployment.ts';

const texts = { description: 'd', docstring: 'doc', schema: null, methods: [] };

/** A function with versions of these sizes; the last one is served. */
function recordOf(name: string, sizes: readonly number[], deployedAt = NOW): FunctionRecord {
  const versions = sizes.map((pickleBytes, index) => ({
    version: index + 1,
    deployedAt: deployedAt + index,
    pickleBytes,
    pickleSha256: '',
    hasSource: false,
    libraries: {},
  }));
  return {
    format: 1,
    endpoint: {
      ...texts,
      name,
      type: 'model',
      version: sizes.length,
      isPublic: false,
      creationTime: NOW,
      lastModifiedTime: NOW,
      dependencies: [],
      target: null,
      status: 'LoadSuccessful',
      lastError: null,
    },
    versions,
  };
}

const recordsOf = (...all: readonly FunctionRecord[]) => new Map(all.map((one) => [one.endpoint.name, one]));

describe('room for a function', () => {
  it('is there while all pickles together fit into an interpreter', () => {
    const records = recordsOf(recordOf('big', [MOST_PICKLE_BYTES - 10]));
    expect(() => checkQuota(records, 'small', texts, 10)).not.toThrow();
    expect(() => checkQuota(records, 'small', texts, 11)).toThrow(Refusal);
  });

  it('counts sources too, which nobody else bounds', () => {
    const { endpoint, versions } = recordOf('big', [MOST_PICKLE_BYTES - 110]);
    const records = recordsOf({ format: 1, endpoint, versions: versions.map((one) => ({ ...one, sourceBytes: 100 })) });
    expect(() => checkQuota(records, 'small', texts, 10)).not.toThrow();
    expect(() => checkQuota(records, 'small', texts, 11)).toThrow(Refusal);
  });

  it('counts neither old versions nor the version that is replaced', () => {
    const records = recordsOf(recordOf('big', [MOST_PICKLE_BYTES, MOST_PICKLE_BYTES, 5]));
    expect(() => checkQuota(records, 'big', texts, MOST_PICKLE_BYTES)).not.toThrow();
    expect(() => checkQuota(records, 'other', texts, MOST_PICKLE_BYTES - 5)).not.toThrow();
  });

  it('ends with a thousand functions, but not for a new version of one of them', () => {
    const records = recordsOf(...Array.from({ length: MOST_FUNCTIONS }, (_, index) => recordOf(`f${index}`, [1])));
    expect(() => checkQuota(records, 'one more', texts, 1)).toThrow('already 1000 functions');
    expect(() => checkQuota(records, 'f7', texts, 1)).not.toThrow();
  });

  it('is not there for texts that every other interpreter would have to carry', () => {
    const records = recordsOf(recordOf('big', [1]));
    expect(() => checkQuota(records, 'a', { ...texts, description: 'x'.repeat(100_000) }, 1)).toThrow('100 kB');
    const many = Array.from({ length: 110 }, (_, index) => {
      const record = recordOf(`f${index}`, [1]);
      return { ...record, endpoint: { ...record.endpoint, description: 'x'.repeat(95_000) } };
    });
    expect(() => checkQuota(recordsOf(...many), 'a', texts, null)).toThrow('10 MB');
  });

  it('is not there for a schema so deep that readers give up', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as [];
    expect(() => checkQuota(new Map(), 'a', { ...texts, schema: deep }, 1)).toThrow('nested deeper');
  });
});

describe('old versions', () => {
  it('are kept while there is room', () => {
    expect(versionsToForget([recordOf('a', [1, 1, 1]), recordOf('b', [1])])).toEqual([]);
  });

  it('of one function go beyond the fiftieth', () => {
    expect(
      versionsToForget([
        recordOf(
          'a',
          Array.from({ length: 53 }, () => 1),
        ),
      ]),
    ).toEqual([
      { name: 'a', version: 1 },
      { name: 'a', version: 2 },
    ]);
  });

  it('go oldest first when together they hold more than a gigabyte; what is served stays', () => {
    const [old, recent] = [recordOf('old', [6e8, 7e8], NOW), recordOf('recent', [6e8, 7e8], NOW + 10)];
    expect(versionsToForget([recent, old])).toEqual([{ name: 'old', version: 1 }]);
  });

  it('go oldest first when their records hold more text than may be in memory', () => {
    const longWinded = (name: string, deployedAt: number): FunctionRecord => {
      const { endpoint, versions } = recordOf(name, [1, 1], deployedAt);
      return { format: 1, endpoint, versions: versions.map((one) => ({ ...one, notes: ['n'.repeat(11_000_000)] })) };
    };
    expect(versionsToForget([longWinded('new', NOW + 9), longWinded('old', NOW)])).toEqual([
      { name: 'old', version: 1 },
    ]);
  });

  it('that go are gone from the disk after the deployment that pushed them out', async () => {
    const { registry, files } = await openFolder(temporaryFolder());
    for (let count = 0; count < 53; count += 1)
      await registry.deploy(deployment('a', { pickle: Buffer.from(`number ${count}`) }), count > 0);
    expect(await registry.readPickle('a', 1)).toBeNull();
    expect((await registry.readPickle('a', 3))?.toString()).toBe('number 2');
    expect((await registry.readPickle('a', 53))?.toString()).toBe('number 52');
    expect((await files.readAll()).get('a')?.versions).toHaveLength(51);
  });
});
