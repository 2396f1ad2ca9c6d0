/** What the client was told of each document last, so that the next answer need hold only what changed: ten thousand links stay a short message. */
import { placeOf } from '../../../shared/linkPlace.ts';
import type { DocumentFacts } from '../../../shared/protocol.ts';

export interface ToldFacts {
  /**
   * The facts as they are to be told.
   *
   * @param facts null for a document that is not open, which is forgotten
   * @param since revision that the client has; undefined: it keeps none
   */
  readonly tell: (uri: string, facts: DocumentFacts | null, since: number | undefined) => DocumentFacts | null;
}

interface Told {
  readonly revision: number;
  readonly version: number;
  /** Links in their order: where they lead, and all that was told of them. */
  readonly links: readonly { readonly place: string; readonly text: string }[];
}

export function createToldFacts(): ToldFacts {
  const byDocument = new Map<string, Told>();
  let revisions = 0;
  return {
    tell: (uri, facts, since) => {
      if (facts === null) byDocument.delete(uri);
      if (facts === null || since === undefined) return facts;
      const before = byDocument.get(uri);
      const links = facts.links.map((link) => ({ place: placeOf(link), text: JSON.stringify(link) }));
      revisions += 1;
      byDocument.set(uri, { revision: revisions, version: facts.version, links });
      const whole = { ...facts, revision: revisions };
      // Another text has other ranges, and other places make another list.
      if (before?.revision !== since || before.version !== facts.version || !samePlaces(before.links, links)) return whole;
      return { ...whole, partial: true, links: facts.links.filter((_, index) => links[index]?.text !== before.links[index]?.text) };
    },
  };
}

function samePlaces(before: Told['links'], now: Told['links']): boolean {
  return before.length === now.length && before.every(({ place }, index) => place === now[index]?.place);
}
