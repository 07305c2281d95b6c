// The options that a command was given, by name.

import type { Command } from 'commander';

export class GivenOptions {
  readonly #values = new Map<string, unknown>();

  /** The command's own options, before those that stood before its name. */
  constructor(command: Command) {
    for (let one: Command | null = command; one !== null; one = one.parent) {
      for (const option of one.options) {
        const name = option.name();
        this.#values.set(name, this.#values.get(name) ?? one.getOptionValue(option.attributeName()));
      }
    }
  }

  /** The value of an option that takes one. */
  text(name: string): string | undefined {
    const value = this.#valueOf(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** All values of an option that may be repeated. */
  list(name: string): readonly string[] | undefined {
    const value = this.#valueOf(name);
    return Array.isArray(value) ? (value as string[]) : undefined;
  }

  /** Whether an option without a value was given. */
  has(name: string): boolean {
    return this.#valueOf(name) === true;
  }

  #valueOf(name: string): unknown {
    if (!this.#values.has(name)) throw new Error(`The command has no option --${name}`);
    return this.#values.get(name);
  }
}
