// How a call between page and program is declared. Must not know any call.

import * as v from 'valibot';

/** A call: a schema of its arguments, and the type of its answer (which exists only for the compiler). */
export interface Call<Arguments extends v.GenericSchema<unknown, readonly unknown[]>, Answer> {
  readonly arguments: Arguments;
  readonly answer?: Answer;
}

export const call =
  <Answer>() =>
  <const Arguments extends v.GenericSchema<unknown, readonly unknown[]>>(
    schema: Arguments,
  ): Call<Arguments, Answer> => ({
    arguments: schema,
  });

export const nothing = v.strictTuple([]);
export const name = v.pipe(v.string(), v.maxLength(1_000));
