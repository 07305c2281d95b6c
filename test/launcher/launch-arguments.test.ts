// What `npm start --` passes on.

import { describe, expect, it } from 'vitest';
import { argumentsFor } from '../../src-main/launcher/launch-arguments.ts';

describe('argumentsFor', () => {
  it('passes options on to whoever runs', () => {
    const args = ['--port', '9005', '--data-dir', 'folder'];
    expect(argumentsFor(args)).toEqual({
      isQuestion: false,
      mustFetch: false,
      needsWindow: false,
      forApp: args,
      forServer: args,
    });
  });

  it('keeps for itself that Electron is to be fetched', () => {
    expect(argumentsFor(['--fetch-electron', '--port', '1'])).toMatchObject({
      mustFetch: true,
      forApp: ['--port', '1'],
      forServer: ['--port', '1'],
    });
  });

  it('does not tell a server without a window to start hidden', () => {
    expect(argumentsFor(['--hidden'])).toMatchObject({ forApp: ['--hidden'], forServer: [] });
  });

  it('sees that a start without server needs the window', () => {
    expect(argumentsFor(['--no-server']).needsWindow).toBe(true);
  });

  it('opens nothing for who only asks', () => {
    for (const question of ['--help', '-h', '--version']) expect(argumentsFor([question]).isQuestion).toBe(true);
  });
});
