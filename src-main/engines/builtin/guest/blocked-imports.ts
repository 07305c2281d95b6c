// The functions that Python's WebAssembly may not import. Must be applied before instantiation: later patches change
// nothing.

type WasmFunction = ((...values: never[]) => unknown) & { sig?: string };

const EPERM = 63;
const EAI_FAIL = -4;

interface Wall {
  readonly name: RegExp;
  /** Why it is blocked: the attack that would use it. */
  readonly stops: string;
  /** The value returned to C; without it, the call throws. */
  readonly answer?: number;
}

export const WALLS: readonly Wall[] = [
  { name: /^_?emscripten_(async_)?(run_script|load_script|wget)/, stops: 'JavaScript text from C through ctypes' },
  {
    name: /^_?_?emscripten_system$/,
    stops: 'os.system(): a shell of the host, where Emscripten finds one',
    answer: -EPERM,
  },
  { name: /^emscripten_(websocket|fetch)/, stops: 'connections through the browser', answer: -EPERM },
  {
    name: /^__syscall_(socket|connect|bind|listen|accept4?|shutdown|sendto|recvfrom|sendmsg|recvmsg|getsock|getpeer|setsock)/,
    stops: 'sockets, which Emscripten makes of WebSocket or of node:net; "Operation not permitted" says it at once',
    answer: -EPERM,
  },
  { name: /^(getaddrinfo|getnameinfo)$/, stops: 'name look-ups, a way to carry data out', answer: EAI_FAIL },
  { name: /^_?_?emscripten_lookup_name$/, stops: 'the same, from C', answer: 0 },
];

/**
 * Replaces every import that a wall names, in place: shared libraries that are linked later use the same object.
 * @returns the names that were replaced
 */
export function blockImports(imports: Record<string, unknown>): string[] {
  const blocked: string[] = [];
  for (const name of Object.keys(imports)) {
    const wall = WALLS.find((candidate) => candidate.name.test(name));
    if (!wall) continue;
    const replacement: WasmFunction = () => {
      if (wall.answer === undefined) throw new Error(`${name} is not available to scripts`);
      return wall.answer;
    };
    const signature = (imports[name] as WasmFunction | undefined)?.sig;
    if (signature !== undefined) replacement.sig = signature;
    imports[name] = replacement;
    blocked.push(name);
  }
  return blocked;
}
