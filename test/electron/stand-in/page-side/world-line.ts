// A line between the page's world and the preload script's: they share the window's events and nothing else. Must not know what is said.

export interface WorldLine {
  /** Says something to the other world and answers what it answers, at once. */
  ask(message: unknown): unknown;
}

/** @param secret the events' name; `side` says which of the two this is */
export function createWorldLine(
  secret: string,
  side: 'main' | 'preload',
  take: (message: unknown) => unknown,
): WorldLine {
  const other = side === 'main' ? 'preload' : 'main';
  let answer: unknown = null;
  const say = (name: string, message: unknown): void => {
    // As text: an object of one world is nothing in the other.
    window.dispatchEvent(new CustomEvent(name, { detail: JSON.stringify(message) }));
  };
  const heard = (event: Event): unknown => JSON.parse((event as CustomEvent<string>).detail);
  window.addEventListener(`${secret}-to-${side}`, (event) => {
    say(`${secret}-answer-to-${other}`, take(heard(event)) ?? null);
  });
  window.addEventListener(`${secret}-answer-to-${side}`, (event) => {
    answer = heard(event);
  });
  return {
    ask(message) {
      say(`${secret}-to-${other}`, message);
      return answer;
    },
  };
}
