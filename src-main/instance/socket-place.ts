// Where a program's control socket may lie: only this user may reach it.
// Threat: another user of this computer connects, or puts a socket of their own where ours is expected.

import { createHash, randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { Refusal } from '../../src-shared/refusal.ts';
import path from 'node:path';

/** The longest path of a socket, on Linux (107) and macOS (103). */
const MOST_PATH_BYTES = 103;
const OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/** A new address for a control socket. Rejects when no folder is private to the user. */
export async function freshSocket(folder: string, platform = process.platform): Promise<string> {
  // Nobody can guess the name: on Windows every user may make pipes, and only a reader of the lock knows this name.
  const name = randomBytes(12).toString('hex');
  if (platform === 'win32') return `\\\\.\\pipe\\tabpy-tray-${name}`;
  const near = path.join(folder, `${name}.sock`);
  if (Buffer.byteLength(near) <= MOST_PATH_BYTES && (await isOwnersAlone(folder))) return near;
  const runtime = await runtimeFolder();
  const far = path.join(runtime, `${name}.sock`);
  if (Buffer.byteLength(far) <= MOST_PATH_BYTES) return far;
  throw new Refusal(
    'folder-unusable',
    `The path of the data folder is too long for a control socket, and so is ${runtime}.`,
  );
}

/** Makes a folder that only its owner may use, as far as the file system supports that. */
export async function makeOwnersFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
  // It may exist with other rights; some file systems have no rights at all.
  await chmod(folder, OWNER_ONLY).catch(() => undefined);
}

/** The folder for sockets when the preferred path is too long, or open to everybody. */
async function runtimeFolder(): Promise<string> {
  const given = process.env['XDG_RUNTIME_DIR'];
  const who = createHash('sha256').update(userInfo().username).digest('hex').slice(0, 8);
  const folder = given ? path.join(given, 'tabpy-tray') : path.join(tmpdir(), `tabpy-tray-${who}`);
  await makeOwnersFolder(folder);
  if (await isOwnersAlone(folder)) return folder;
  throw new Refusal(
    'folder-unusable',
    `${folder} belongs to another user, or other users can read it. A control socket would not be safe there.`,
  );
}

async function isOwnersAlone(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  return found.isDirectory() && (found.mode & OTHERS) === 0 && found.uid === userInfo().uid;
}
