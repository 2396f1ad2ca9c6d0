/** The start tags of a document as parse5's tokenizer reads them under its own tree builder: the oracle for ranges, values and order. */
import { Parser, type Token } from 'parse5';

export interface OracleAttribute {
  readonly name: string;
  readonly value: string;
  /** Offsets of the value without quotes. */
  readonly start: number;
  readonly end: number;
}

export interface OracleTag {
  readonly name: string;
  readonly offset: number;
  readonly attributes: readonly OracleAttribute[];
}

class TagRecorder extends Parser<never> {
  readonly tags: OracleTag[] = [];
  html = '';

  override onStartTag(token: Token.TagToken): void {
    const places = token.location?.attrs ?? {};
    this.tags.push({
      name: token.tagName,
      offset: token.location?.startOffset ?? -1,
      attributes: token.attrs.map(({ name, value }) => {
        const place = places[name];
        return { name, value, ...valueRange(this.html, place?.startOffset ?? 0, place?.endOffset ?? 0) };
      }),
    });
    super.onStartTag(token);
  }
}

/** Every start tag with attributes, `noscript` read as markup. */
export function parse5Tags(html: string): OracleTag[] {
  const recorder = new TagRecorder({ scriptingEnabled: false, sourceCodeLocationInfo: true });
  recorder.html = html;
  recorder.tokenizer.write(html, true);
  return recorder.tags;
}

/** parse5 gives the range of `name = "value"`. */
function valueRange(html: string, from: number, to: number): { start: number; end: number } {
  const source = html.slice(from, to);
  const head = /^[\s\S][^\t\n\f\r />=]*[\t\n\f\r ]*=[\t\n\f\r ]*/.exec(source);
  if (head === null) return { start: to, end: to };
  const quote = source[head[0].length];
  const start = head[0].length;
  if (quote !== '"' && quote !== "'") return { start: from + start, end: to };
  return { start: from + start + 1, end: to - (source.endsWith(quote) && source.length > start + 1 ? 1 : 0) };
}
