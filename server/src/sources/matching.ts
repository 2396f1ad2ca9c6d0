/** Which part of a batch's reply belongs to which target: services repeat a target in words of their own, and in an order of their own. */

export interface Named {
  /** As sent, or as repeated in the reply. */
  readonly name: string;
  /** Tells apart what has the same name: a mode, a scope. */
  readonly group: string;
}

/**
 * Finds the reply for each name: the one that repeats it exactly, else one that differs by case, scheme or final slash alone. No reply is
 * given to two names.
 *
 * @returns one entry for each of `sent`, in its order; undefined where the reply left it out
 */
export function matchReplies<Reply extends Named>(sent: readonly Named[], replies: readonly Reply[]): readonly (Reply | undefined)[] {
  const left = new Set(replies);
  const take = (index: ReadonlyMap<string, readonly Reply[]>, key: string) => {
    const reply = index.get(key)?.find((candidate) => left.has(candidate));
    if (reply !== undefined) left.delete(reply);
    return reply;
  };
  const exact = Map.groupBy(replies, exactKey);
  const matched = sent.map((name) => take(exact, exactKey(name)));
  const loose = Map.groupBy(replies, looseKey);
  return matched.map((reply, index) => {
    const name = sent[index];
    return reply ?? (name === undefined ? undefined : take(loose, looseKey(name)));
  });
}

function exactKey({ group, name }: Named): string {
  return `${group} ${name}`;
}

function looseKey({ group, name }: Named): string {
  const plain = name
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  return `${group} ${plain}`;
}
