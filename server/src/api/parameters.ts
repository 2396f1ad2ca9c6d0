/** Reads the parameters of a contract call, exactly: anything outside the documented values is refused with the values that are permitted. */
import { INTERNAL_FILTERS, type InternalFilter, PAGE_LIMITS, type PageLimit, type Target } from '../../../shared/backlinks.ts';
import { readPageLimit, readRowOffset } from '../../../shared/paging.ts';
import { parseTarget } from '../urls/targets.ts';
import { WIRE_ERRORS } from './contract.ts';
import { RefusedRequest } from './refused.ts';
import type { Parameters } from './service.ts';

export interface ListParameters {
  readonly target: Target;
  readonly limit: PageLimit;
  readonly offset: number;
  readonly internal: InternalFilter;
}

const LONGEST_URL = 4096;

/**
 * The parameters of `ResearchLinksGetListBacklinks`, and `internal`, our extension.
 *
 * @param service name of the call, for the messages
 * @throws RefusedRequest 400 naming the parameter and its permitted values
 */
export function readListParameters(service: string, parameters: Parameters): ListParameters {
  return {
    target: readTarget(service, parameters),
    limit: readLimit(parameters),
    offset: readOffset(parameters),
    internal: readInternal(parameters),
  };
}

/**
 * The `url` parameter.
 *
 * @throws RefusedRequest 4001003 when it is missing, as recorded; 4001005 when it is no URL or domain
 */
export function readTarget(service: string, parameters: Parameters): Target {
  const url = single(parameters, 'url');
  if (url === undefined || url.trim() === '') {
    throw new RefusedRequest(400, WIRE_ERRORS.parameterRequired, `For service "${service}" parameter "url" is required!`);
  }
  if (url.length > LONGEST_URL) throw invalid('url', `is ${url.length} characters long; the longest permitted is ${LONGEST_URL}`);
  const target = parseTarget(url);
  if (target === null) throw invalid('url', `is not a domain, host or http(s) URL: ${JSON.stringify(url.slice(0, 200))}`);
  return target;
}

function readLimit(parameters: Parameters): PageLimit {
  const text = single(parameters, 'limit');
  if (text === undefined) return PAGE_LIMITS[0];
  const limit = readPageLimit(text);
  if (limit === null) throw invalid('limit', `is ${JSON.stringify(text)}; permitted are ${PAGE_LIMITS.join(', ')}`);
  return limit;
}

/** A multiple of any permitted limit is right, not only of the one in this call (semantics.md). */
function readOffset(parameters: Parameters): number {
  const text = single(parameters, 'offset');
  if (text === undefined) return 0;
  const offset = readRowOffset(text);
  if (offset === null) throw invalid('offset', `is ${JSON.stringify(text)}; permitted are multiples of ${PAGE_LIMITS.join(', ')}`);
  return offset;
}

function readInternal(parameters: Parameters): InternalFilter {
  const text = single(parameters, 'internal');
  if (text === undefined) return 'exclude';
  const internal = INTERNAL_FILTERS.find((permitted) => permitted === text);
  if (internal === undefined) throw invalid('internal', `is ${JSON.stringify(text)}; permitted are ${INTERNAL_FILTERS.join(', ')}`);
  return internal;
}

function single(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (Array.isArray(value)) throw invalid(name, 'was given more than once');
  return typeof value === 'string' ? value : undefined;
}

function invalid(name: string, what: string): RefusedRequest {
  return new RefusedRequest(400, WIRE_ERRORS.parameterInvalid, `Parameter "${name}" ${what}.`);
}
