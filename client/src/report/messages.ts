/** What passes between the report panel and its page. The page is drawn from data alone and sends back nothing but wishes, all of them checked. */
import type { RowPage, Target } from '../../../shared/backlinks.ts';
import type { Report } from '../../../shared/report.ts';
import { isCount, isRecord, readTarget } from '../commands/arguments.ts';

/** From the extension to the page. */
export type ToPage =
  | {
      readonly type: 'report';
      readonly report: Report;
      /** The editor's translations by English sentence; empty where it speaks English. */
      readonly translations: Readonly<Record<string, string>>;
      /** BCP 47 tag. */
      readonly locale: string;
      /** One typed target, told at length, instead of a table of many. */
      readonly single: boolean;
      /** Names the report among those that are kept: a window that is loaded anew asks for it by that. */
      readonly kept: string;
    }
  | { readonly type: 'rows'; readonly target: string; readonly page: RowPage }
  | { readonly type: 'rowsFailed'; readonly target: string; readonly message: string };

/** From the page to the extension. */
export type FromPage =
  /** The script runs; sent again whenever the panel comes back into view. */
  | { readonly type: 'ready' }
  /** The report stands; how many targets it drew. */
  | { readonly type: 'drawn'; readonly targets: number }
  | { readonly type: 'open'; readonly uri: string; readonly line: number; readonly character: number }
  | { readonly type: 'browse'; readonly url: string }
  | { readonly type: 'inspect'; readonly text: string }
  | { readonly type: 'rows'; readonly target: Target; readonly offset: number }
  | { readonly type: 'export' };

/**
 * Reads a message of the page. It is a browser page: whatever it sends is looked at before it is believed.
 *
 * @returns null for anything unexpected
 */
export function readFromPage(value: unknown): FromPage | null {
  if (!isRecord(value)) return null;
  switch (value['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'drawn':
      return isCount(value['targets']) ? { type: 'drawn', targets: value['targets'] } : null;
    case 'open': {
      const { uri, line, character } = value;
      return typeof uri === 'string' && isCount(line) && isCount(character) ? { type: 'open', uri, line, character } : null;
    }
    case 'browse': {
      const { url } = value;
      return typeof url === 'string' && /^https?:\/\//i.test(url) ? { type: 'browse', url } : null;
    }
    case 'inspect':
      return typeof value['text'] === 'string' ? { type: 'inspect', text: value['text'] } : null;
    case 'rows': {
      const target = readTarget(value['target']);
      return target !== null && isCount(value['offset']) ? { type: 'rows', target, offset: value['offset'] } : null;
    }
    case 'export':
      return { type: 'export' };
    default:
      return null;
  }
}
