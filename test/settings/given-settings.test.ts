import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import { givenSettings, givenValues } from '../../src-main/settings/given-settings.ts';

describe('settings of the start-up', () => {
  it('are nothing when nothing is said', () => {
    expect(givenSettings({}, {})).toEqual({});
  });

  it('come from TabPy’s environment variables', () => {
    const env = {
      TABPY_PORT: '9105',
      TABPY_EVALUATE_TIMEOUT: '2.5',
      TABPY_MAX_REQUEST_SIZE_MB: '1',
      TABPY_EVALUATE_ENABLE: 'False',
      TABPY_GZIP_ENABLE: 'off',
    };
    expect(givenSettings({}, env)).toMatchObject({
      port: 9105,
      evaluateTimeoutSeconds: 2.5,
      maxRequestMegabytes: 1,
      evaluateEnabled: false,
      gzipEnabled: false,
    });
  });

  it('of the command line win over the environment', () => {
    expect(givenSettings({ port: '1', workers: '3' }, { TABPY_PORT: '2', TABPY_TRAY_WORKERS: '4' })).toMatchObject({
      port: 1,
      workers: 3,
    });
  });

  it('each name the place where they were given', () => {
    const config = new Map([
      ['TABPY_EVALUATE_TIMEOUT', { text: '4', source: 'TABPY_EVALUATE_TIMEOUT (tabpy.conf, line 2)' }],
    ]);
    expect(givenValues({ port: '1' }, { TABPY_PORT: '2', TABPY_TRAY_WORKERS: '4' }, config)).toEqual([
      { name: 'port', value: 1, start: { kind: 'line', place: '--port' } },
      {
        name: 'evaluateTimeoutSeconds',
        value: 4,
        start: { kind: 'config', place: 'TABPY_EVALUATE_TIMEOUT (tabpy.conf, line 2)' },
      },
      { name: 'workers', value: 4, start: { kind: 'environment', place: 'TABPY_TRAY_WORKERS' } },
    ]);
  });

  it('treat an empty variable as not set', () => {
    expect(givenSettings({}, { TABPY_PORT: '' })).toEqual({});
  });

  it('take lists as they are repeated', () => {
    const line = { host: ['10.0.0.5', '::1'], 'allow-host': ['tableau.local'], quiet: true };
    expect(givenSettings(line, {})).toEqual({ hosts: ['10.0.0.5', '::1'], allowedHosts: ['tableau.local'] });
  });

  it('take the words of TabPy for its switches, in any case', () => {
    const isOn = (word: string): boolean | undefined => givenSettings({}, { TABPY_GZIP_ENABLE: word }).gzipEnabled;
    expect(['1', 'true', 'YES', 'On', ' true '].map(isOn)).toEqual([true, true, true, true, true]);
    expect(['0', 'false', 'No', 'OFF'].map(isOn)).toEqual([false, false, false, false]);
  });

  it('take TabPy’s words in any case', () => {
    const env = { TABPY_TRANSFER_PROTOCOL: 'HtTpS', TABPY_MINIMUM_TLS_VERSION: 'tlsv1_3' };
    expect(givenSettings({}, env)).toEqual({ transferProtocol: 'https', minimumTlsVersion: 'TLSv1_3' });
  });

  it('come from our own variables', () => {
    const env = { TABPY_TRAY_WORKERS: '8', TABPY_TRAY_ISOLATION: 'request', TABPY_TRAY_MEMORY_MB: '700' };
    expect(givenSettings({}, env)).toMatchObject({ workers: 8, isolation: 'request', interpreterMegabytes: 700 });
  });

  it.each([
    [{ workers: '0' }, {}, "--workers is '0'; it must be a whole number from 1 to 64."],
    [{ port: '' }, {}, "--port is ''; it must be a whole number from 0 to 65535."],
    [{ port: ' ' }, {}, "--port is ' '; it must be a whole number from 0 to 65535."],
    [
      {},
      { TABPY_TRAY_MEMORY_MB: '299' },
      "TABPY_TRAY_MEMORY_MB is '299'; it must be a whole number from 300 to 16384.",
    ],
    [
      {},
      { TABPY_TRAY_ISOLATION: 'Callers' },
      "TABPY_TRAY_ISOLATION is 'Callers'; it must be one of caller, address, shared, request.",
    ],
    [
      {},
      { TABPY_EVALUATE_TIMEOUT: 'Infinity' },
      "TABPY_EVALUATE_TIMEOUT is 'Infinity'; it must be a number from 0.1 to 86400.",
    ],
    [{ port: '65536' }, {}, "--port is '65536'; it must be a whole number from 0 to 65535."],
    [{ port: '90.5' }, {}, "--port is '90.5'; it must be a whole number from 0 to 65535."],
    [{}, { TABPY_PORT: 'x' }, "TABPY_PORT is 'x'; it must be a whole number from 0 to 65535."],
    [{}, { TABPY_EVALUATE_TIMEOUT: '0' }, "TABPY_EVALUATE_TIMEOUT is '0'; it must be a number from 0.1 to 86400."],
    [{}, { TABPY_MAX_REQUEST_SIZE_MB: '-1' }, "TABPY_MAX_REQUEST_SIZE_MB is '-1'; it must be a number from 1 to 1024."],
    [{}, { TABPY_EVALUATE_ENABLE: 'maybe' }, "TABPY_EVALUATE_ENABLE is 'maybe'; it must be true or false."],
    [{ isolation: 'none' }, {}, "--isolation is 'none'; it must be one of caller, address, shared, request."],
  ])('refuse %j %j in a sentence', (line, env, sentence) => {
    expect(() => givenSettings(line, env)).toThrow(new Refusal('bad-setting', sentence));
  });
});
