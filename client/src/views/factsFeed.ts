/**
 * What the server knows of the open documents, asked for when somebody wants to see it and again when it changed: at once while facts
 * arrive, after a pause while somebody types. Answers that name only what changed are put together here.
 */
import { placeOf } from '../../../shared/linkPlace.ts';
import type { DocumentFacts, LinkFacts } from '../../../shared/protocol.ts';

export interface FactsFeed {
  /** What is known now; asks where that is not the newest. Null for a document that the server does not have. */
  readonly get: (uri: string) => Promise<DocumentFacts | null>;
  /** What is known of it changed: it is asked for after a moment and told. */
  readonly changed: (uri: string, cause: 'text' | 'knowledge') => void;
  /** Nothing is asked of its own accord until it is resumed; what is wanted by `get` is. */
  readonly pause: (paused: boolean) => void;
  readonly forget: (uri?: string) => void;
  readonly dispose: () => void;
}

export interface FeedParts {
  /** @param since revision that is here already; 0: none */
  readonly ask: (uri: string, since: number) => Promise<DocumentFacts | null>;
  /** The facts of a document were asked for again. */
  readonly told: (uri: string, facts: DocumentFacts | null) => void;
  /** Runs once after so many milliseconds; gives what stops it. */
  readonly later: (run: () => void, milliseconds: number) => () => void;
}

/** Milliseconds after which new facts, and a changed text, are asked for: a tree need not follow every key. */
export const MOMENT = 80;
export const PAUSE = 700;
/** Links a millisecond of that moment: what ten thousand links are said of is asked for twice a second. */
const LINKS_A_MS = 20;

interface Entry {
  facts: DocumentFacts | null;
  running: Promise<DocumentFacts | null> | null;
  /** True when it changed after it was asked for last. */
  old: boolean;
  stop: (() => void) | null;
}

export function createFactsFeed({ ask, told, later }: FeedParts): FactsFeed {
  const entries = new Map<string, Entry>();
  let paused = false;

  const fetch = async (uri: string, entry: Entry): Promise<DocumentFacts | null> => {
    entry.old = false;
    const before = entry.facts;
    const answer = await ask(uri, before?.revision ?? 0);
    const facts = answer?.partial === true ? merged(before, answer) : answer;
    // Forgotten, or asked for anew, in the meantime.
    if (entries.get(uri) !== entry) return facts;
    entry.facts = facts;
    // A document that the server does not have yet is asked for again.
    if (facts === null) entry.old = true;
    return facts;
  };

  const get = async (uri: string): Promise<DocumentFacts | null> => {
    const entry = entries.get(uri) ?? { facts: null, running: null, old: true, stop: null };
    entries.set(uri, entry);
    if (entry.running !== null && !entry.old) return entry.running;
    if (!entry.old) return entry.facts;
    const started = (entry.running ?? Promise.resolve(null)).catch(() => null).then(() => fetch(uri, entry));
    const running = started.finally(() => {
      if (entry.running === running) entry.running = null;
    });
    running.catch(() => {
      entry.old = true;
    });
    entry.old = false;
    entry.running = running;
    return running;
  };

  const follow = (uri: string, entry: Entry, wait: number) => {
    entry.stop?.();
    entry.stop = later(() => {
      entry.stop = null;
      if (paused || entries.get(uri) !== entry) return;
      get(uri).then(
        (facts) => told(uri, facts),
        () => told(uri, entry.facts),
      );
    }, wait);
  };

  return {
    get,
    changed: (uri, cause) => {
      const entry = entries.get(uri);
      if (entry === undefined) return;
      entry.old = true;
      // Facts that arrive while somebody types wait with the text.
      const waiting = entry.stop !== null && cause === 'knowledge';
      if (!waiting) follow(uri, entry, cause === 'text' ? PAUSE : Math.max(MOMENT, (entry.facts?.links.length ?? 0) / LINKS_A_MS));
    },
    pause: (next) => {
      paused = next;
      if (!paused) for (const [uri, entry] of entries) if (entry.old) follow(uri, entry, 0);
    },
    forget: (uri) => {
      for (const [known, entry] of entries) if (uri === undefined || known === uri) entry.stop?.();
      if (uri === undefined) entries.clear();
      else entries.delete(uri);
    },
    dispose: () => {
      for (const entry of entries.values()) entry.stop?.();
      entries.clear();
    },
  };
}

/** All links, with those that changed in the place of what they were. Null where there is nothing that they could be changes of. */
function merged(before: DocumentFacts | null, change: DocumentFacts): DocumentFacts | null {
  if (before === null) return null;
  const { partial: _, ...facts } = change;
  const changed = new Map<string, LinkFacts>(change.links.map((link) => [placeOf(link), link]));
  return { ...facts, links: before.links.map((link) => changed.get(placeOf(link)) ?? link) };
}
