// What a real TabPy 2.16 answers, recorded: each group of cases runs against a fresh server.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl } from '../support/certificates.ts';
import { nativePlacements, placements } from '../support/placements.ts';
import type { ServerOptions } from '../support/running-server.ts';
import { casesOf, recording } from './case-files.ts';
import { startGroupServer } from './group-server.ts';
import type { GroupServer } from './group-server.ts';

const CASE_TIMEOUT_MS = 120_000;
/** TabPy dies of these: each has a server of its own. */
const FRESH_FOR_EACH_CASE = new Set(['fatal']);
const tested = new Set<string>();

/** A test for each case of a group, in their order. Called inside a describe, which the server belongs to. */
function testGroup(group: string, options: () => ServerOptions = () => ({})): void {
  tested.add(group);
  const cases = casesOf(group).map((one) => [one.id, one] as const);
  if (FRESH_FOR_EACH_CASE.has(group)) {
    it.each(cases)('%s', { timeout: CASE_TIMEOUT_MS }, async (_, one) => {
      const server = await startGroupServer(group, options());
      try {
        expect(await server.runCase(one)).toBeNull();
      } finally {
        await server.stop();
      }
    });
    return;
  }
  let server: GroupServer;
  beforeAll(async () => {
    server = await startGroupServer(group, options());
  });
  afterAll(() => server?.stop());
  it.each(cases)('%s', { timeout: CASE_TIMEOUT_MS }, async (_, one) => {
    expect(await server.runCase(one)).toBeNull();
  });
}

describe.each([...placements(), ...nativePlacements()])('with Python $name, as TabPy 2.16', ({ program }) => {
  describe('with default settings', () => {
    testGroup('default', () => ({ program }));
  });
  describe('where TabPy itself dies', () => {
    testGroup('fatal', () => ({ program }));
  });
});

describe('as one Python that everybody shares, as TabPy 2.16', () => {
  testGroup('default', () => ({ args: ['--isolation', 'shared'] }));
});

describe.each(['models', 'evaluate-off', 'timeout', 'max-size', 'gzip-off', 'auth', 'cors'])(
  'in the group %s, as TabPy 2.16',
  (group) => {
    testGroup(group);
  },
);

describe.skipIf(!hasOpenssl)('over HTTPS, as TabPy 2.16', () => {
  testGroup('tls');
});

describe('after a restart on the same folder, as TabPy 2.16', () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-conformance-'));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  describe('before it', () => {
    testGroup('persist-deploy', () => ({ dataDir }));
  });
  describe('after it', () => {
    testGroup('persist-check', () => ({ dataDir }));
  });
});

describe('every group that was recorded', () => {
  it('runs', () => {
    expect([...tested].toSorted()).toEqual(Object.keys(recording.groups).toSorted());
  });
});
