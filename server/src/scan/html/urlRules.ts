/** Which attribute of which element holds a URL, and what that URL is for. Source: WHATWG HTML, "attributes" index; SVG 2, linking. */
import type { LinkTag } from '../../../../shared/backlinks.ts';
import type { LinkRole } from '../link.ts';
import { AT, ATTRIBUTE_TEXT } from './attributes.ts';
import { EL, ELEMENT_TEXT } from './elements.ts';

export interface UrlRule {
  readonly attribute: number;
  /** Its name. */
  readonly name: string;
  readonly role: LinkRole;
  readonly tag: LinkTag | null;
  /** One URL, the candidates of a srcset, or a blank-separated list. */
  readonly holds: 'url' | 'srcset' | 'list';
}

const url = (attribute: number, role: LinkRole, tag: LinkTag | null = null): UrlRule => rule(attribute, role, tag, 'url');
const srcset = (attribute: number): UrlRule => rule(attribute, 'image', null, 'srcset');
const ping: UrlRule = rule(AT.ping, 'resource', null, 'list');

function rule(attribute: number, role: LinkRole, tag: LinkTag | null, holds: UrlRule['holds']): UrlRule {
  return { attribute, name: ATTRIBUTE_TEXT[attribute] ?? '', role, tag, holds };
}

const CITE = [url(AT.cite, 'citation')];
const BACKGROUND = [url(AT.background, 'image')];
const MEDIA = [url(AT.src, 'resource'), url(AT.poster, 'image')];
const SVG_RESOURCE = [url(AT.href, 'resource'), url(AT['xlink:href'], 'resource')];
const SVG_IMAGE = [url(AT.href, 'image'), url(AT['xlink:href'], 'image')];
const HTML_IMAGE = [url(AT.src, 'image'), srcset(AT.srcset), url(AT.longdesc, 'citation')];

const HTML_RULES: ReadonlyMap<number, readonly UrlRule[]> = new Map([
  [EL.a, [url(AT.href, 'hyperlink', 'a'), ping]],
  [EL.area, [url(AT.href, 'hyperlink', 'area'), ping]],
  [EL.audio, MEDIA],
  [EL.video, MEDIA],
  [EL.base, [url(AT.href, 'base')]],
  [EL.blockquote, CITE],
  [EL.q, CITE],
  [EL.ins, CITE],
  [EL.del, CITE],
  [EL.body, BACKGROUND],
  [EL.table, BACKGROUND],
  [EL.tr, BACKGROUND],
  [EL.td, BACKGROUND],
  [EL.th, BACKGROUND],
  [EL.button, [url(AT.formaction, 'resource')]],
  [EL.embed, [url(AT.src, 'resource')]],
  [EL.form, [url(AT.action, 'hyperlink', 'form')]],
  [EL.frame, [url(AT.src, 'hyperlink', 'frame'), url(AT.longdesc, 'citation')]],
  [EL.iframe, [url(AT.src, 'hyperlink', 'iframe'), url(AT.longdesc, 'citation')]],
  [EL.img, HTML_IMAGE],
  // Outside svg the parser turns `<image>` into `<img>`.
  [EL.image, HTML_IMAGE],
  [EL.object, [url(AT.data, 'resource')]],
  [EL.script, [url(AT.src, 'resource')]],
  [EL.source, [url(AT.src, 'resource'), srcset(AT.srcset)]],
  [EL.track, [url(AT.src, 'resource')]],
]);

const SVG_RULES: ReadonlyMap<number, readonly UrlRule[]> = new Map([
  [EL.a, [url(AT.href, 'hyperlink', 'a'), url(AT['xlink:href'], 'hyperlink', 'a'), ping]],
  [EL.image, SVG_IMAGE],
  [EL.feimage, SVG_IMAGE],
  [EL.script, SVG_RESOURCE],
  [EL.use, SVG_RESOURCE],
]);

const NONE: readonly UrlRule[] = [];
const IMAGE_BUTTON = [url(AT.src, 'image'), url(AT.formaction, 'resource')];
const BUTTON = [url(AT.formaction, 'resource')];
const LINK_RESOURCE = [url(AT.href, 'resource'), srcset(AT.imagesrcset)];
const LINK_METADATA = [url(AT.href, 'metadata'), srcset(AT.imagesrcset)];

/** The attributes of an element that hold URLs by its name alone. */
export function urlRules(element: number, inSvg: boolean): readonly UrlRule[] {
  return (inSvg ? SVG_BY_CODE : HTML_BY_CODE)[element] ?? NONE;
}

/** Arrays by element code: every link asks. */
const HTML_BY_CODE = ELEMENT_TEXT.map((_name, element) => HTML_RULES.get(element) ?? NONE);
const SVG_BY_CODE = ELEMENT_TEXT.map((_name, element) => SVG_RULES.get(element) ?? NONE);

/**
 * Attributes that make an element of this code worth a look, as a bit mask over attribute codes. `style` is none of them: its value says
 * whether it matters.
 */
export function mattering(element: number): number {
  return MASKS[element] ?? 0;
}

const MASKS = masks();

function masks(): Int32Array {
  const table = new Int32Array(256);
  const mark = (element: number, attribute: number) => {
    table[element] = (table[element] ?? 0) | (1 << attribute);
  };
  for (const rules of [HTML_RULES, SVG_RULES]) {
    for (const [element, list] of rules) for (const rule of list) mark(element, rule.attribute);
  }
  for (const rule of IMAGE_BUTTON) mark(EL.input, rule.attribute);
  for (const rule of [...LINK_RESOURCE, ...LINK_METADATA]) mark(EL.link, rule.attribute);
  for (const attribute of [AT.content, AT.charset]) mark(EL.meta, attribute);
  mark(EL.html, AT.lang);
  return table;
}

/** `<input>` has an image only as an image button. */
export function inputRules(type: string): readonly UrlRule[] {
  return type === 'image' ? IMAGE_BUTTON : BUTTON;
}

const RESOURCE_RELS = new Set([
  'stylesheet',
  'icon',
  'apple-touch-icon',
  'apple-touch-icon-precomposed',
  'mask-icon',
  'manifest',
  'preload',
  'modulepreload',
  'prefetch',
  'preconnect',
  'dns-prefetch',
]);

/** `<link>` loads something or says something about the page, by its rel. */
export function linkRules(rel: readonly string[]): readonly UrlRule[] {
  return rel.some((token) => RESOURCE_RELS.has(token)) ? LINK_RESOURCE : LINK_METADATA;
}

const METADATA_NAME =
  /^(?:og:(?:url|see_also|(?:image|video|audio)(?::url|:secure_url)?)|twitter:(?:url|image|image:src|image0|player|player:stream)|article:(?:author|publisher)|thumbnail|msapplication-(?:tileimage|starturl|config|square\w*logo|wide\w*logo))$/;
const METADATA_ITEM = new Set(['url', 'image', 'logo', 'thumbnailurl', 'contenturl', 'embedurl', 'sameas', 'mainentityofpage']);

/** True when `<meta>` content of this property, name or itemprop is a URL. */
export function isUrlProperty(name: string, itemprop: string): boolean {
  return METADATA_NAME.test(name) || METADATA_ITEM.has(itemprop);
}
