/** Indexes whose every row says which build it is of: a reply that mixes two is told by its rows. */
import { databaseOf } from '../../server/src/linkIndex/generations.ts';
import { startGeneration } from '../../server/src/linkIndex/sqlite/generationWriter.ts';

export const MARKED_TARGETS = ['target.org', 'other.org'] as const;

/** Builds the next generation at `out`: `pages` pages that link to each of the targets with the mark as their link text. Gives its database. */
export async function buildMarked(out: string, mark: string, pages: number): Promise<string> {
  const writer = startGeneration(out, () => ({ countryCode: null, country: null, city: null }), Date.now());
  const input = writer.beginInput(mark, 0);
  for (let at = 0; at < pages; at++) {
    const links = MARKED_TARGETS.map((target, place) => ({
      url: `https://${target}/`,
      text: mark,
      tag: 'a' as const,
      position: place + 1,
      nofollow: false,
      rel: [],
    }));
    const url = `https://source${at}.net/`;
    writer.add(
      { kind: 'page', page: { url, title: mark, capturedAt: Date.UTC(2026, 9, 1), ip: null, canonical: null, noindex: false, links } },
      input,
    );
  }
  writer.endInput(input, { note: null, bytes: 0, hash: null });
  await writer.finish({ signal: new AbortController().signal, onPhase() {} });
  return databaseOf(out);
}
