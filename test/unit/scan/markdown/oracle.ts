/** micromark with GFM as the oracle: the destinations of a document with their ranges, read from its events. */
import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import type { Event, Token } from 'micromark-util-types';

/** One find: its kind, and start and end of the destination; of a reference those of the whole use. */
export type Site = string;

interface Media {
  readonly kind: 'link' | 'image';
  readonly start: number;
  destination: string | null;
  inline: boolean;
}

/** Tokens that are a find of their own, with its kind. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['definitionDestinationString', 'definition'],
  ['autolinkProtocol', 'autolink'],
  ['autolinkEmail', 'autolink'],
  ['literalAutolinkWww', 'autolink'],
  ['literalAutolinkHttp', 'autolink'],
  ['literalAutolinkEmail', 'autolink'],
  ['htmlText', 'html'],
]);

/** Everything micromark finds, sorted. */
export function oracleSites(text: string): Site[] {
  const events: Event[] = postprocess(
    parse({ extensions: [gfm()] })
      .document()
      .write(preprocess()(text, undefined, true)),
  );
  const sites: Site[] = [];
  const open: Media[] = [];
  for (const [phase, token] of events) {
    if (phase === 'enter') enter(token, text, open, sites);
    else if (token.type === 'link' || token.type === 'image') {
      const media = open.pop();
      if (media === undefined) continue;
      if (!media.inline) sites.push(`${media.kind === 'image' ? 'image-' : ''}reference ${media.start} ${token.end.offset}`);
      else sites.push(media.destination ?? `empty ${media.kind}`);
    }
  }
  return sites.sort();
}

function enter(token: Token, text: string, open: Media[], sites: Site[]): void {
  const start = token.start.offset;
  const range = `${start} ${token.end.offset}`;
  const single = SINGLE.get(token.type);
  const media = open.at(-1);
  if (single !== undefined) sites.push(`${single} ${range}`);
  else if (token.type === 'link' || token.type === 'image') open.push({ kind: token.type, start, destination: null, inline: false });
  else if (token.type === 'resource' && media !== undefined) media.inline = true;
  else if (token.type === 'resourceDestinationString' && media !== undefined) media.destination = `${media.kind} ${range}`;
  else if (token.type === 'definitionDestinationLiteral' && token.end.offset - start === 2) sites.push('empty definition');
  // The indentation of an HTML block belongs to it for micromark, not for us.
  else if (token.type === 'htmlFlow') sites.push(`htmlblock ${start + text.slice(start).search(/[^ \t]/)}`);
}
