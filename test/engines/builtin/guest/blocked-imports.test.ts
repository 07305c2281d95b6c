import { describe, expect, it } from 'vitest';

import { blockImports } from '../../../../src-main/engines/builtin/guest/blocked-imports.ts';

const importsOf = (...names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, Object.assign(() => 'open', { sig: 'ii' })]));

describe('the blocked imports', () => {
  it('close scripts, shells, sockets and name look-ups', () => {
    const imports = importsOf(
      'emscripten_run_script',
      'emscripten_async_load_script',
      '_emscripten_system',
      '__syscall_connect',
      '__syscall_socket',
      'getaddrinfo',
      '_emscripten_lookup_name',
    );
    expect(blockImports(imports)).toHaveLength(7);
    expect(imports.__syscall_socket).toHaveProperty('sig', 'ii');
    expect((imports.__syscall_socket as () => number)()).toBe(-63);
    expect(imports.emscripten_run_script).toThrow('not available to scripts');
  });

  it('leave what Python needs, however close its name is', () => {
    const kept = [
      'emscripten_asm_const_int',
      'emscripten_date_now',
      '__syscall_openat',
      'fd_write',
      'emscripten_description',
    ];
    expect(blockImports(importsOf(...kept))).toEqual([]);
  });
});
