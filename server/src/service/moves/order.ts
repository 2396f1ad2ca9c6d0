/** What is about to be moved, page by page: a folder that moves takes all its pages along. */
import { URI } from 'vscode-uri';
import type { MoveOrder } from '../../../../shared/moves.ts';
import { pageKind } from '../../workspace/paths.ts';

export interface MovedFiles {
  /** Pages that move or go, by URI. */
  readonly pages: readonly string[];
  /** The new URI of any file; itself where it stays, null where it goes. */
  readonly after: (uri: string) => string | null;
  /** Where a file stands on the web now, and will stand then; null where it has no address. */
  readonly addressOf: (uri: string) => { readonly before: string | null; readonly after: string | null };
}

/** @param files every page of the open folders */
export function movedFiles({ files: entries }: MoveOrder, files: readonly string[]): Pick<MovedFiles, 'pages' | 'after'> {
  const moves = entries.map(({ from, to }) => ({ from: plain(from), to: to === null ? null : plain(to) }));
  const after = (uri: string): string | null => {
    for (const { from, to } of moves) {
      if (uri === from) return to;
      if (uri.startsWith(`${from}/`)) return to === null ? null : to + uri.slice(from.length);
    }
    return uri;
  };
  return { pages: files.filter((uri) => after(uri) !== uri), after };
}

/** A page that is renamed to something else than a page is gone for its readers. */
export function staysPage(after: string | null): after is string {
  return after !== null && pageKind(after) !== null;
}

/** Letter case alone: where that makes a difference, a redirect would lead from the page to itself on a host where it makes none. */
export function onlyCase(before: string, after: string): boolean {
  return before.toLowerCase() === after.toLowerCase();
}

function plain(uri: string): string {
  return URI.parse(uri).toString().replace(/\/$/, '');
}
