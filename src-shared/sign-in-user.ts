// The users who may sign in, as page and program speak of them. Must not know how passwords are kept.

/** The users of the password file. */
export interface SignInUsers {
  /** The password file; the file that the first user makes where the settings name none. */
  readonly file: string;
  /** In lower case, in the order of the file. */
  readonly names: readonly string[];
  /** Why the file cannot be read, as a sentence; null when it can, or does not exist yet. */
  readonly fault: string | null;
}

/** A user with a new password, which is shown once and kept nowhere. */
export interface NewPassword {
  readonly name: string;
  readonly password: string;
}

/** The longest user name, in characters. */
export const MOST_USER_NAME_CHARACTERS = 200;
