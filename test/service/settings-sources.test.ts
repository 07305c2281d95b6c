import { describe, expect, it } from 'vitest';
import { BadSetting, settingsFrom } from '../../src-main/service/settings-sources.ts';

describe('settings', () => {
  it('are TabPy’s defaults when nothing is said', () => {
    expect(settingsFrom({}, {})).toMatchObject({
      port: 9004,
      hosts: ['127.0.0.1', '::1'],
      evaluateTimeoutSeconds: 30,
      maxRequestMegabytes: 100,
      evaluateEnabled: true,
      gzipEnabled: true,
      isolation: 'caller',
    });
  });

  it('come from TabPy’s environment variables', () => {
    const env = {
      TABPY_PORT: '9105',
      TABPY_EVALUATE_TIMEOUT: '2.5',
      TABPY_MAX_REQUEST_SIZE_MB: '1',
      TABPY_EVALUATE_ENABLE: 'False',
      TABPY_GZIP_ENABLE: 'off',
    };
    expect(settingsFrom({}, env)).toMatchObject({
      port: 9105,
      evaluateTimeoutSeconds: 2.5,
      maxRequestMegabytes: 1,
      evaluateEnabled: false,
      gzipEnabled: false,
    });
  });

  it('of the command line win over the environment', () => {
    expect(settingsFrom({ port: '1', workers: '3' }, { TABPY_PORT: '2', TABPY_TRAY_WORKERS: '4' })).toMatchObject({
      port: 1,
      workers: 3,
    });
  });

  it('treat an empty variable as not set', () => {
    expect(settingsFrom({}, { TABPY_PORT: '' }).port).toBe(9004);
  });

  it('make an address that was opened on purpose a name to call, but not a wildcard', () => {
    expect(settingsFrom({ host: ['10.0.0.5', '0.0.0.0'], 'allow-host': ['Tableau.Local'] }, {}).allowedHosts).toEqual([
      'tableau.local',
      '10.0.0.5',
    ]);
  });

  it.each([
    [{ port: '65536' }, {}, "--port is '65536'; it must be a whole number from 0 to 65535."],
    [{ port: '90.5' }, {}, "--port is '90.5'; it must be a whole number from 0 to 65535."],
    [{}, { TABPY_PORT: 'x' }, "TABPY_PORT is 'x'; it must be a whole number from 0 to 65535."],
    [{}, { TABPY_EVALUATE_TIMEOUT: '0' }, "TABPY_EVALUATE_TIMEOUT is '0'; it must be a number from 0.1 to 86400."],
    [{}, { TABPY_MAX_REQUEST_SIZE_MB: '-1' }, "TABPY_MAX_REQUEST_SIZE_MB is '-1'; it must be a number from 1 to 1024."],
    [{}, { TABPY_EVALUATE_ENABLE: 'maybe' }, "TABPY_EVALUATE_ENABLE is 'maybe'; it must be true or false."],
    [{ isolation: 'none' }, {}, "--isolation is 'none'; it must be one of caller, shared, request."],
  ])('refuse %j %j in a sentence', (line, env, sentence) => {
    expect(() => settingsFrom(line, env)).toThrow(new BadSetting(sentence));
  });
});
