// Text that sends a request from elsewhere: a curl command, or lines of Python. Pure.

import type { RequestRecord } from '../../../../src-shared/request-record.ts';

/** Longer bodies go into a file, not into a command. */
export const MOST_INLINE_CHARACTERS = 20_000;

/** A curl command for this shell; a long body is read from a file that the user saves. */
export function curlOf(address: string, { method, path }: RequestRecord, body: string, platform: string): string {
  const url = `${address}${path}`;
  if (body === '') return method === 'GET' ? `curl ${url}` : `curl -X ${method} ${url}`;
  const data = body.length > MOST_INLINE_CHARACTERS ? '@request.json' : quoted(body, platform);
  const verb = method === 'POST' ? '' : `-X ${method} `;
  return `curl ${verb}-H "Content-Type: application/json" --data-binary ${data} ${url}`;
}

/** Uses only Python's standard library. The body is a literal of its own, so that the user can change it. */
export function pythonOf(address: string, { method, path }: RequestRecord, body: string): string {
  const url = JSON.stringify(`${address}${path}`);
  if (body === '')
    return ['import urllib.request', '', `print(urllib.request.urlopen(${url}).read().decode())`].join('\n');
  const text = body.length > MOST_INLINE_CHARACTERS ? 'open("request.json").read()' : pythonText(body);
  return [
    'import urllib.request',
    '',
    `body = ${text}`,
    `request = urllib.request.Request(${url}, body.encode(), {"Content-Type": "application/json"}, method="${method}")`,
    'print(urllib.request.urlopen(request).read().decode())',
  ].join('\n');
}

/** The shell of Windows has double quotes only. */
function quoted(text: string, platform: string): string {
  return platform === 'win32' ? `"${text.replaceAll('"', '\\"')}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A JSON text is a Python literal too, except for characters that JavaScript does not escape. */
function pythonText(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
