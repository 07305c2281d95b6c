// What the tray app takes from its command line.

import { describe, expect, it } from 'vitest';
import { flagsOf } from '../../src-main/shell/command-line.ts';

const NOTHING = { isHidden: false, noServer: false, port: null, dataDir: null, faults: [] };

describe('the command line', () => {
  it('asks for nothing when it is empty', () => {
    expect(flagsOf([])).toEqual(NOTHING);
  });

  it('takes --hidden, --no-server, --port and --data-dir', () => {
    expect(flagsOf(['--hidden', '--no-server', '--port', '9005', '--data-dir=/data'])).toEqual({
      isHidden: true,
      noServer: true,
      port: 9005,
      dataDir: '/data',
      faults: [],
    });
  });

  it.each([
    [['--type=renderer', '--inspect=0', '.', '-psn_0_12345', '--enable-logging']],
    [['--port-of-call', '7', 'tabpy-tray://open']],
  ])('leaves what Electron and the system add alone: %j', (args) => {
    expect(flagsOf(args)).toEqual(NOTHING);
  });

  it.each([
    ['70000', "--port is '70000': it must be a whole number from 0 to 65535."],
    ['9004x', "--port is '9004x': it must be a whole number from 0 to 65535."],
    ['', "--port is '': it must be a whole number from 0 to 65535."],
  ])('says what is wrong with the port %j and goes on without it', (port, fault) => {
    expect(flagsOf(['--port', port])).toEqual({ ...NOTHING, faults: [fault] });
  });

  it('says that --port and --data-dir need a value', () => {
    expect(flagsOf(['--data-dir=', '--port']).faults).toEqual([
      '--port has no value: it must be a whole number from 0 to 65535.',
      '--data-dir has no value. Name a folder.',
    ]);
  });
});
