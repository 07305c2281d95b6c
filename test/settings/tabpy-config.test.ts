import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import { givenSettings } from '../../src-main/settings/given-settings.ts';
import { readTabpyConfig } from '../../src-main/settings/tabpy-config.ts';

const read = (text: string, env: Readonly<Record<string, string>> = {}) => readTabpyConfig(text, 'tabpy.conf', env);

describe('TabPy’s configuration file', () => {
  it('gives the settings that TabPy takes from it', () => {
    const { values, warnings } = read(
      [
        '[TabPy]',
        'TABPY_PORT = 9105',
        'TABPY_PWD_FILE = %(CONF)s/users.txt',
        'TABPY_TRANSFER_PROTOCOL = https',
        'TABPY_CERTIFICATE_FILE = /c.crt',
        'TABPY_KEY_FILE = /c.key',
        'TABPY_MINIMUM_TLS_VERSION = TLSv1_3',
        'TABPY_LOG_DETAILS = true',
        'TABPY_MAX_REQUEST_SIZE_MB = 5',
        'TABPY_EVALUATE_ENABLE = false',
        'TABPY_EVALUATE_TIMEOUT = 2.5',
        'TABPY_GZIP_ENABLE = no',
        'TABPY_STATE_PATH = /state',
      ].join('\n'),
      { CONF: '/etc/tabpy' },
    );
    expect(warnings).toEqual([]);
    expect(givenSettings({}, {}, values)).toEqual({
      port: 9105,
      passwordFile: '/etc/tabpy/users.txt',
      transferProtocol: 'https',
      certificateFile: '/c.crt',
      keyFile: '/c.key',
      minimumTlsVersion: 'TLSv1_3',
      logDetails: true,
      maxRequestMegabytes: 5,
      evaluateEnabled: false,
      evaluateTimeoutSeconds: 2.5,
      gzipEnabled: false,
      statePath: '/state',
    });
  });

  it('counts after the environment, and the environment after the command line', () => {
    const { values } = read('[TabPy]\nTABPY_PORT = 1\nTABPY_EVALUATE_TIMEOUT = 1\nTABPY_MAX_REQUEST_SIZE_MB = 1');
    const env = { TABPY_PORT: '2', TABPY_EVALUATE_TIMEOUT: '2' };
    expect(givenSettings({ port: '3' }, env, values)).toEqual({
      port: 3,
      evaluateTimeoutSeconds: 2,
      maxRequestMegabytes: 1,
    });
  });

  it('is told which of its keys do nothing here, and why', () => {
    const { warnings } = read('[TabPy]\nTABPY_ARROW_ENABLE = true\nTABPY_PROT = 9004\nTABPY_OAUTH_ENABLED = true');
    expect(warnings).toEqual([
      'TABPY_ARROW_ENABLE (tabpy.conf, line 2) has no effect: this server does not offer Arrow Flight; Tableau Prep sends JSON instead.',
      'TABPY_PROT (tabpy.conf, line 3) is not known and has no effect. Is it spelt right?',
      'TABPY_OAUTH_ENABLED (tabpy.conf, line 4) has no effect: sign-in works with a password file only.',
    ]);
  });

  it('is told that the log has settings of its own', () => {
    expect(read('[TabPy]\n[loggers]\nkeys=root\n[handlers]\nkeys=h\n[logger_root]\nlevel=DEBUG').warnings).toEqual([
      '[loggers] (tabpy.conf) and its sections have no effect: the log has other settings, such as --log-level and --log-folder.',
    ]);
  });

  it('with a TLS version that TabPy does not know either gets TLS 1.2 and a warning', () => {
    const { values, warnings } = read('[TabPy]\nTABPY_MINIMUM_TLS_VERSION = TLSv-1.3');
    expect(givenSettings({}, {}, values)).toEqual({});
    expect(warnings).toEqual([
      "TABPY_MINIMUM_TLS_VERSION (tabpy.conf, line 2) is 'TLSv-1.3', which is not available. TLSv1_2 applies.",
    ]);
  });

  it.each([
    [
      '[TabPy]\n\nTABPY_PORT = nine',
      "TABPY_PORT (tabpy.conf, line 3) is 'nine'; it must be a whole number from 0 to 65535.",
    ],
    ['TABPY_PORT = 9004', "tabpy.conf, line 1: 'TABPY_PORT = 9004' stands before the first [section]."],
    ['[TabPy]\nTABPY_PORT = %(NOPE)s', 'tabpy.conf, line 2: %(NOPE)s is neither a key of the file nor a variable.'],
  ])('%j is refused with key, value, file and line', (text, words) => {
    expect(() => givenSettings({}, {}, read(text).values)).toThrow(new Refusal('bad-setting', words));
  });

  it('may be empty', () => {
    expect(read('').values.size).toBe(0);
  });
});
