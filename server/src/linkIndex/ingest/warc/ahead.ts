/** Fetches what comes next before it is asked for. */

/** The same items; the next one is on its way while one is being looked at. What fails is told in its turn. */
export async function* ahead<T>(items: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  const iterator = items[Symbol.asyncIterator]();
  const fetch = (): Promise<IteratorResult<T>> => {
    const next = iterator.next();
    // Until it is asked for it is nobody's error.
    next.catch(() => {});
    return next;
  };
  try {
    for (let coming = fetch(); ; ) {
      const { done = false, value } = await coming;
      if (done) return;
      coming = fetch();
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
