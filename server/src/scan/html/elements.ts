/** The elements the scanner treats in some way of their own: by their links, their kind of content, or their effect on svg and math. */
import { NameTable, nameCodes } from './names.ts';

/** Content is text up to the end tag; character references stay as they are. WHATWG HTML 13.2.5, "raw text". */
const RAW_TEXT = ['style', 'xmp', 'iframe', 'noembed', 'noframes'] as const;
/** Content is text with character references. */
const RCDATA = ['title', 'textarea'] as const;
/** HTML start tags that end svg and math content. WHATWG HTML 13.2.6.5, "any other start tag" list of foreign content. */
const BREAKOUT = [
  'b',
  'big',
  'blockquote',
  'body',
  'br',
  'center',
  'code',
  'dd',
  'div',
  'dl',
  'dt',
  'em',
  'embed',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'head',
  'hr',
  'i',
  'img',
  'li',
  'listing',
  'menu',
  'meta',
  'nobr',
  'ol',
  'p',
  'pre',
  'ruby',
  's',
  'small',
  'span',
  'strong',
  'strike',
  'sub',
  'sup',
  'table',
  'tt',
  'u',
  'ul',
  'var',
] as const;
/** Elements that part words in the text of a link though no blank stands between them. */
const PARTING = ['br', 'div', 'p', 'li', 'ul', 'ol', 'dd', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'table', 'pre', 'tr', 'td', 'th'] as const;

const OTHERS = [
  'a',
  'area',
  'audio',
  'base',
  'button',
  'caption',
  'del',
  'desc',
  'feimage',
  'font',
  'foreignobject',
  'form',
  'frame',
  'frameset',
  'html',
  'image',
  'input',
  'ins',
  'link',
  'math',
  'annotation-xml',
  'mi',
  'mn',
  'mo',
  'ms',
  'mtext',
  'object',
  'picture',
  'plaintext',
  'q',
  'script',
  'source',
  'svg',
  'td',
  'template',
  'th',
  'tr',
  'track',
  'use',
  'video',
] as const;

/** Code of each known element name, from 1; 0 is every other element. */
export const EL = nameCodes([...new Set([...RAW_TEXT, ...RCDATA, ...BREAKOUT, ...PARTING, ...OTHERS])]);
export const ELEMENT_NAMES = new NameTable(Object.keys(EL));
/** Name by code; the empty string for 0. */
export const ELEMENT_TEXT: readonly string[] = ['', ...Object.keys(EL)];

/** What the scanner has to ask of every tag, as bits by element code: one look instead of one in each list. */
export const TRAIT = {
  /** Text up to an end tag follows. */
  content: 1,
  /** svg or math begins. */
  foreign: 2,
  /** Parts the words of a link's text. */
  parts: 4,
  /** Ends a table cell or row, and with it a link that was left open. */
  endsCell: 8,
  /** Is an image in a link's text. */
  image: 16,
} as const;
export const ELEMENT_TRAITS = new Uint8Array(256);
mark(TRAIT.content, [...RAW_TEXT, ...RCDATA, 'script', 'plaintext']);
mark(TRAIT.foreign, ['svg', 'math']);
mark(TRAIT.parts, PARTING);
mark(TRAIT.endsCell, ['td', 'th', 'tr', 'caption', 'table']);
mark(TRAIT.image, ['img', 'image', 'svg']);

function mark(trait: number, names: readonly (keyof typeof EL)[]): void {
  for (const name of names) ELEMENT_TRAITS[EL[name]] = (ELEMENT_TRAITS[EL[name]] ?? 0) | trait;
}

export const rawTextElements: ReadonlySet<number> = new Set(RAW_TEXT.map((name) => EL[name]));
export const rcdataElements: ReadonlySet<number> = new Set(RCDATA.map((name) => EL[name]));
export const breakoutElements: ReadonlySet<number> = new Set(BREAKOUT.map((name) => EL[name]));
