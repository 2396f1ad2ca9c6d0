/** What a host's robots.txt permits us. Source: RFC 9309; `Crawl-delay` and `Sitemap` are customs beside it. */
import robotsParser from 'robots-parser';
import { headerValue } from './exchange.ts';
import { CrawlFailure } from './failures.ts';
import { ROBOT_NAME, type Web } from './web.ts';

export interface Robots {
  /** @param url on the host that was asked */
  allows(url: string): boolean;
  /** Milliseconds; null where the host does not say. */
  readonly delay: number | null;
  readonly sitemaps: readonly string[];
}

/** What has to be read of it (RFC 9309, section 2.5); the rest is left. */
const LARGEST = 500 << 10;
const LONGEST_LINE = 2048;
/** Characters of rules with wildcards that are matched as they are: each may cost a comparison with every character of a path. */
const WILD_CHARACTERS = 50_000;
const MOST_REDIRECTS = 5;
/** Nobody waits longer between two pages. */
const LONGEST_DELAY = 60_000;

interface Rules {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
  getSitemaps(): string[];
}

/** The package's types speak of a default export that its CommonJS does not have. */
const readRules = robotsParser as unknown as (url: string, text: string) => Rules;

const OPEN: Robots = { allows: () => true, delay: null, sitemaps: [] };

/**
 * Fetches the robots.txt of an origin. None there (4xx) permits everything.
 *
 * @param origin like `https://example.com`
 * @throws CrawlFailure where there is no telling: the host may not be read then (RFC 9309, section 2.3.1.4)
 */
export async function fetchRobots(web: Web, origin: string): Promise<Robots> {
  let url = `${origin}/robots.txt`;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const { status, headers, body } = await web.ask(url, { wanted: () => LARGEST });
    const location = status > 299 && status < 400 ? URL.parse(headerValue(headers, 'location') ?? '', url) : null;
    if (location !== null && /^https?:$/.test(location.protocol)) {
      url = location.href;
      continue;
    }
    if (status > 199 && status < 300) return parseRobots(origin, body.toString('utf8'));
    if (status < 500 && status !== 429) return OPEN;
    throw unreadable(origin, status);
  }
  return OPEN;
}

/**
 * Reads a robots.txt.
 *
 * @param text any text: what is no rule is passed over
 */
export function parseRobots(origin: string, text: string): Robots {
  const rules = readRules(`${origin}/robots.txt`, ownGroups(text));
  const delay = rules.getCrawlDelay(ROBOT_NAME);
  return {
    allows: (url) => rules.isAllowed(plainEscapes(url), ROBOT_NAME) !== false,
    delay: delay === undefined || !(delay >= 0) ? null : Math.min(delay * 1000, LONGEST_DELAY),
    sitemaps: rules.getSitemaps().flatMap((sitemap) => URL.parse(sitemap, origin)?.href ?? []),
  };
}

/** The groups that name us or everybody: the parser keeps each rule once for every name, which thousands of names would make a burden. */
function ownGroups(text: string): string {
  const kept: string[] = [];
  let wild = WILD_CHARACTERS;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const agent = /^\s*user-agent\s*:\s*([^#/]*)/i.exec(line.slice(0, LONGEST_LINE))?.[1]?.trim();
    if (agent === undefined) {
      const rule = plainEscapes(line.slice(0, LONGEST_LINE));
      if (rule.includes('*')) wild -= rule.length;
      kept.push(wild < 0 ? withoutWildcard(rule) : rule);
    } else if (agent === '*' || agent.toLowerCase() === ROBOT_NAME.toLowerCase()) kept.push(`User-agent: ${agent}`);
    else if (kept.at(-1) !== 'User-agent: -') kept.push('User-agent: -');
  }
  return kept.join('\n');
}

/** Keeps out more than the rule says, never less. */
function withoutWildcard(rule: string): string {
  if (!rule.includes('*')) return rule;
  return /^\s*disallow/i.test(rule) ? rule.slice(0, rule.indexOf('*')) : '';
}

/** Rules and paths are compared with the escapes of unreserved characters undone (RFC 9309, section 2.2.2), which the parser leaves to us. */
function plainEscapes(text: string): string {
  return text.replace(/%(?:2[de]|3\d|[46][1-9a-f]|[57][0-9a]|5f|7e)/gi, (triplet) => decodeURIComponent(triplet));
}

function unreadable(origin: string, status: number): CrawlFailure {
  const { host } = new URL(origin);
  if (status === 429) return new CrawlFailure('crawl.throttled', `${host} asks to be left alone (429 for robots.txt). Crawl it again later.`);
  return new CrawlFailure(
    'crawl.unreachable',
    `${host} does not give its robots.txt (${status}), so nothing may be read there. Crawl it again later.`,
  );
}
