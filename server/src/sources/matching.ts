/** Which part of a batch's reply belongs to which target: services repeat a target in words of their own, and in an order of their own. */

export interface Named {
  /** As sent, or as repeated in the reply. */
  readonly name: string;
  /** Tells apart what has the same name: a mode, a scope. */
  readonly group: string;
}

/**
 * Finds the reply for each name: the one that repeats it exactly, else one that differs by case, scheme or final slash alone. Of several that
 * fit equally well (a domain and its front page, repeated in one way) the one in the same place is taken. No reply is given to two names.
 *
 * @returns one entry for each of `sent`, in its order; undefined where the reply left it out
 */
export function matchReplies<Reply extends Named>(sent: readonly Named[], replies: readonly Reply[]): readonly (Reply | undefined)[] {
  const left = new Set(replies);
  const take = (candidates: readonly Reply[] = [], place: number) => {
    const free = candidates.filter((candidate) => left.has(candidate));
    const reply = free.find((candidate) => candidate === replies[place]) ?? free[0];
    if (reply !== undefined) left.delete(reply);
    return reply;
  };
  const exact = Map.groupBy(replies, exactKey);
  const matched = sent.map((name, place) => take(exact.get(exactKey(name)), place));
  const loose = Map.groupBy(replies, looseKey);
  return sent.map((name, place) => matched[place] ?? take(loose.get(looseKey(name)), place));
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
