// Settings as text in a field, and back; addresses as text.

import { describe, expect, it } from 'vitest';
import { faultOf, SETTINGS } from '../../../../src-shared/settings.ts';
import { addressText, hostText, isOpenToNetwork } from '../../../../src-shared/address-text.ts';
import { enteredValue, shownText } from '../../../../src-renderer/features/settings/setting-text.ts';

describe('a setting in a field', () => {
  it('is a number when it looks like one, and refused when it does not', () => {
    const { kind } = SETTINGS.port;
    expect(enteredValue(kind, ' 9005 ')).toBe(9005);
    for (const text of ['', '90x5', '70000', '-1', '9005.5'])
      expect(faultOf('port', enteredValue(kind, text))).not.toBeNull();
    expect(enteredValue(SETTINGS.evaluateTimeoutSeconds.kind, '2,5')).toBe(2.5);
  });

  it('has one entry of a list on each line', () => {
    expect(shownText(['127.0.0.1', '::1'])).toBe('127.0.0.1\n::1');
    expect(enteredValue(SETTINGS.hosts.kind, '127.0.0.1\n\n ::1 \n')).toEqual(['127.0.0.1', '::1']);
  });
});

describe('the address', () => {
  it('is localhost wherever that reaches the server', () => {
    expect(addressText({ protocol: 'http', hosts: ['127.0.0.1', '::1'], port: 9004 })).toBe('http://localhost:9004');
    expect(addressText({ protocol: 'https', hosts: ['::1'], port: 9443 })).toBe('https://localhost:9443');
    expect(hostText(['0.0.0.0'])).toBe('localhost');
    expect(hostText(['192.168.7.20'])).toBe('192.168.7.20');
    expect(hostText(['fe80::1'])).toBe('[fe80::1]');
  });

  it('is open to the network unless every host is this computer', () => {
    expect(isOpenToNetwork(['127.0.0.1', '::1', 'localhost'])).toBe(false);
    expect(isOpenToNetwork(['127.0.0.1', '0.0.0.0'])).toBe(true);
    expect(isOpenToNetwork(['127.example.com'])).toBe(true);
  });
});
