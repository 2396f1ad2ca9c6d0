/** The parameters of the calls, each described and read in one place: anything outside the permitted values is refused with the values that are. */
import { INTERNAL_FILTERS, type InternalFilter, PAGE_LIMITS, type PageLimit, type Target } from '../../../shared/backlinks.ts';
import { readPageLimit, readRowOffset } from '../../../shared/paging.ts';
import { parseTarget } from '../urls/targets.ts';
import { WIRE_ERRORS } from './contract.ts';
import { RefusedRequest } from './refused.ts';
import type { Asked, Parameter, Parameters } from './service.ts';

export interface ListParameters {
  readonly target: Target;
  readonly limit: PageLimit;
  readonly offset: number;
}

/** Characters of a URL. */
export const LONGEST_URL = 4096;
/** Domains that one call may ask about. */
const MOST_DOMAINS = 100;
/** Characters of a link text to look for. */
const LONGEST_TEXT = 1000;

/** Required; a domain, host, page or folder. */
export const URL_PARAMETER: Parameter<Target> = {
  name: 'url',
  required: true,
  says: 'A domain or a host with all of its pages (example.com, blog.example.com), exactly one page (example.com/page.html), or a folder (example.com/docs/*, ours). A scheme is optional.',
  schema: { type: 'string', minLength: 1, maxLength: LONGEST_URL, examples: ['example.com'] },
  read: (asked) => {
    const url = requiredText(asked, 'url');
    if (url.length > LONGEST_URL) throw invalid('url', `is ${url.length} characters long; the longest permitted is ${LONGEST_URL}`);
    const target = parseTarget(url);
    if (target === null) throw invalid('url', `is not a domain, host or http(s) URL: ${shown(url)}`);
    return target;
  },
};

/** Required; a domain or host. */
export const SITE_PARAMETER: Parameter<Target> = {
  name: 'url',
  required: true,
  says: 'A domain or a host (example.com, blog.example.com).',
  schema: URL_PARAMETER.schema,
  read: (asked) => {
    const target = URL_PARAMETER.read(asked);
    if (target.kind === 'domain' || target.kind === 'host') return target;
    throw invalid('url', `is a ${target.kind}; this call takes a domain or a host, without a path`);
  },
};

export const OFFSET: Parameter<number> = {
  name: 'offset',
  required: false,
  says: 'Rows before the first of this reply: a multiple of any permitted limit.',
  schema: { type: 'integer', minimum: 0, default: 0 },
  read: ({ parameters }) => {
    const given = text(parameters, 'offset');
    const offset = given === undefined ? 0 : readRowOffset(given);
    if (offset === null) throw invalid('offset', `is ${shown(given)}; permitted are multiples of ${PAGE_LIMITS.join(', ')}`);
    return offset;
  },
};

/** Absent: links inside one site are left out. */
export const INTERNAL: Parameter<InternalFilter> = {
  ...choice('internal', INTERNAL_FILTERS, 'Links from pages of the same registrable domain: left out, counted in, or these alone. Ours.', 'exclude'),
  read: ({ parameters }) => chosen(parameters, 'internal', INTERNAL_FILTERS) ?? 'exclude',
};

/** Required; registrable domains with commas between them, as they were written and as they are known. */
export const DOMAINS: Parameter<readonly { readonly written: string; readonly domain: string }[]> = {
  name: 'domains',
  required: true,
  says: `Up to ${MOST_DOMAINS} domains with commas between them; no hosts below them and no URLs.`,
  schema: { type: 'string', minLength: 1, examples: ['example.com,example.org'] },
  read: (asked) => {
    const written = requiredText(asked, 'domains')
      .split(',')
      .map((domain) => domain.trim())
      .filter((domain) => domain !== '');
    if (written.length === 0) throw required(asked.service, 'domains');
    if (written.length > MOST_DOMAINS) throw invalid('domains', `names ${written.length} domains; permitted are ${MOST_DOMAINS}`);
    return written.map((domain) => ({ written: domain, domain: domainOf(domain) }));
  },
};

function domainOf(written: string): string {
  const target = written.length > LONGEST_URL ? null : parseTarget(written);
  if (target?.kind === 'domain') return target.name;
  throw invalid('domains', `takes domains only, like example.com; ${shown(written)} is ${target === null ? 'none' : `a ${target.kind}`}`);
}

/** @param usual the limit where none is given */
export function limitParameter(usual: PageLimit): Parameter<PageLimit> {
  return {
    name: 'limit',
    required: false,
    says: 'Rows in the reply.',
    schema: { type: 'integer', enum: PAGE_LIMITS, default: usual },
    read: ({ parameters }) => {
      const given = text(parameters, 'limit');
      const limit = given === undefined ? usual : readPageLimit(given);
      if (limit === null) throw invalid('limit', `is ${shown(given)}; permitted are ${PAGE_LIMITS.join(', ')}`);
      return limit;
    },
  };
}

/** As documented: 10. */
export const LIMIT = limitParameter(PAGE_LIMITS[0]);

/** One of some words, or undefined where it is absent. */
export function choice<T extends string>(name: string, permitted: readonly T[], says: string, usual?: T): Parameter<T | undefined> {
  return {
    name,
    required: false,
    says,
    schema: { type: 'string', enum: permitted, ...(usual === undefined ? {} : { default: usual }) },
    read: ({ parameters }) => chosen(parameters, name, permitted),
  };
}

/** Yes or no, or undefined where it is absent. */
export function yesOrNo(name: string, says: string): Parameter<boolean | undefined> {
  return {
    name,
    required: false,
    says,
    schema: { type: 'boolean' },
    read: ({ parameters }) => {
      const word = chosen(parameters, name, ['true', 'false', '1', '0']);
      return word === undefined ? undefined : word === 'true' || word === '1';
    },
  };
}

/** Text that a pattern lets through, or undefined where it is absent. */
export function patterned(name: string, pattern: RegExp, like: string, says: string): Parameter<string | undefined> {
  return {
    name,
    required: false,
    says,
    schema: { type: 'string', pattern: pattern.source, examples: [like] },
    read: ({ parameters }) => {
      const given = text(parameters, name);
      if (given !== undefined && !pattern.test(given)) throw invalid(name, `is ${shown(given)}; write it like ${like}`);
      return given;
    },
  };
}

/** An ISO day that there is, or undefined where it is absent. */
export function dayParameter(name: string, says: string): Parameter<string | undefined> {
  const written = patterned(name, /^\d{4}-\d{2}-\d{2}$/, '2026-10-01', says);
  return {
    ...written,
    schema: { type: 'string', format: 'date' },
    read: (asked) => {
      const day = written.read(asked);
      if (day === undefined) return undefined;
      const time = Date.parse(day);
      if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) throw invalid(name, `is ${shown(day)}: there is no such day`);
      return day;
    },
  };
}

/** Any text, or undefined where it is absent. */
export function anyText(name: string, says: string): Parameter<string | undefined> {
  return {
    name,
    required: false,
    says,
    schema: { type: 'string', maxLength: LONGEST_TEXT },
    read: ({ parameters }) => {
      const given = text(parameters, name);
      if (given !== undefined && given.length > LONGEST_TEXT)
        throw invalid(name, `is ${given.length} characters long; the longest permitted is ${LONGEST_TEXT}`);
      return given;
    },
  };
}

/** What every list call takes. */
export function readListParameters(asked: Asked, limit: Parameter<PageLimit> = LIMIT): ListParameters {
  return { target: URL_PARAMETER.read(asked), limit: limit.read(asked), offset: OFFSET.read(asked) };
}

function chosen<T extends string>(parameters: Parameters, name: string, permitted: readonly T[]): T | undefined {
  const given = text(parameters, name);
  if (given === undefined) return undefined;
  const word = permitted.find((one) => one === given);
  if (word === undefined) throw invalid(name, `is ${shown(given)}; permitted are ${permitted.join(', ')}`);
  return word;
}

function requiredText({ service, parameters }: Asked, name: string): string {
  const given = text(parameters, name);
  if (given === undefined || given.trim() === '') throw required(service, name);
  return given;
}

/** Clients of the old API send optional parameters that they do not use as empty ones: these are absent. JSON may say a number as one. */
function text(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(name, Array.isArray(value) ? 'was given more than once; it is one text' : 'is no text');
}

function shown(given: string | undefined): string {
  return JSON.stringify((given ?? '').slice(0, 200));
}

function required(service: string, name: string): RefusedRequest {
  return new RefusedRequest(400, WIRE_ERRORS.parameterRequired, `For service "${service}" parameter "${name}" is required!`, {}, name);
}

function invalid(name: string, what: string): RefusedRequest {
  return new RefusedRequest(400, WIRE_ERRORS.parameterInvalid, `Parameter "${name}" ${what}.`, {}, name);
}
