/** As much of a list as a model has room for. Pure. */

export interface Room {
  /** Tokens; undefined: nobody said. */
  readonly budget: number | undefined;
  readonly count: (text: string) => Thenable<number>;
}

/**
 * The answer with as many entries as fit, found by halving.
 *
 * @param entries there are
 * @param render the answer with so many of them
 * @returns what fits; with no entry at all where even that is too long
 */
export async function fitted(entries: number, render: (shown: number) => string, { budget, count }: Room): Promise<string> {
  let shown = entries;
  for (;;) {
    const text = render(shown);
    if (budget === undefined || shown === 0 || (await count(text)) <= budget) return text;
    shown = Math.floor(shown / 2);
  }
}
