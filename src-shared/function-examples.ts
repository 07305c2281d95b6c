// Saved examples of a function: inputs with the result that they should give. Their form and limits, as page, program
// and files of functions agree on them. Pure.

import * as v from 'valibot';

export interface FunctionExample {
  readonly name: string;
  /** JSON: an object with a value for each parameter, or a list of values. */
  readonly data: string;
  /** The result as Python wrote it; null: the example need only run without an error. */
  readonly expected: string | null;
}

/** What is kept for trying a function, over deployments and rollbacks. */
export interface FunctionTests {
  readonly examples: readonly FunctionExample[];
  /** The data with which it was last tried before it was deployed; null when none is known. */
  readonly tried: string | null;
}

export const NO_TESTS: FunctionTests = { examples: [], tried: null };

export const MOST_EXAMPLES = 50;
export const MOST_EXAMPLE_NAME_CHARACTERS = 100;
/** Of the data of one example, and of its result. */
export const MOST_EXAMPLE_CHARACTERS = 200_000;
/** Of all examples of one function together. */
export const MOST_EXAMPLES_CHARACTERS = 1_000_000;

const text = v.pipe(v.string(), v.maxLength(MOST_EXAMPLE_CHARACTERS));

/** A name has no control characters: it is printed on terminals. */
const exampleName = v.pipe(
  v.string(),
  v.maxLength(MOST_EXAMPLE_NAME_CHARACTERS),
  v.check((name) => name.trim() === name && name !== '' && !/\p{C}/u.test(name), 'the name of an example is not valid'),
);

export const FUNCTION_EXAMPLE = v.strictObject({
  name: exampleName,
  data: text,
  expected: v.nullable(text),
}) satisfies v.GenericSchema<FunctionExample>;

/** The examples of one function. Their number is checked before any of them. */
export const FUNCTION_EXAMPLES = v.pipe(
  v.array(v.unknown()),
  v.maxLength(MOST_EXAMPLES),
  v.array(FUNCTION_EXAMPLE),
  v.check((examples) => faultOfExamples(examples) === null, 'the examples are too long together'),
);

/** Data to keep as tried. */
export const TRIED_DATA = text;

/** Why these examples cannot be kept together, in words for their author; null when they can. */
export function faultOfExamples(examples: readonly FunctionExample[]): string | null {
  if (examples.length > MOST_EXAMPLES)
    return `A function can have ${MOST_EXAMPLES} examples. Remove one before you save another.`;
  const characters = examples.reduce((sum, { data, expected }) => sum + data.length + (expected?.length ?? 0), 0);
  return characters > MOST_EXAMPLES_CHARACTERS
    ? `The examples of a function can have ${MOST_EXAMPLES_CHARACTERS / 1e6} million characters together. Save fewer rows, or remove an example.`
    : null;
}

/** The examples with one more, in the place of that of the same name if there is one. */
export function withExample(
  examples: readonly FunctionExample[],
  example: FunctionExample,
): readonly FunctionExample[] {
  const isThere = examples.some(({ name }) => name === example.name);
  return isThere ? examples.map((one) => (one.name === example.name ? example : one)) : [...examples, example];
}
