// A user of TabPy's password file, for servers with sign-in.

import path from 'node:path';

/** The name and the password of the user that the password file has. */
export const signedInUser = ['user1', 'P@ssw0rd'] as const;
export const passwordFile = path.join(import.meta.dirname, '../conformance/cases/password-file.txt');
