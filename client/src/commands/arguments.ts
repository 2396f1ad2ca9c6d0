/** What our commands may be called with. A command link in a hover carries text from documents: it is looked at before it is believed. Pure. */
import type { Target } from '../../../shared/backlinks.ts';
import type { CommandArguments, IgnoreArguments, IndexOrder } from '../../../shared/protocol.ts';
import { RULES } from '../../../shared/rules.ts';

/** What a report is about. */
export type ReportScope =
  | { readonly kind: 'document'; readonly uri: string }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'target'; readonly text: string };

/** Each reader gives null for anything that is not what the command takes. */
export function readShowBacklinks(value: unknown): CommandArguments['showBacklinks'] | null {
  if (!isRecord(value)) return null;
  if (typeof value['uri'] === 'string') return { uri: value['uri'] };
  const target = readTarget(value['target']);
  return target === null ? null : { target };
}

export function readLookUp(value: unknown): CommandArguments['lookUp'] | null {
  if (!isRecord(value) || typeof value['uri'] !== 'string') return null;
  const { uri, range } = value;
  if (range === undefined) return { uri };
  if (!isRecord(range)) return null;
  const [start, end] = [readPosition(range['start']), readPosition(range['end'])];
  return start === null || end === null ? null : { uri, range: { start, end } };
}

export function readInspect(value: unknown): CommandArguments['inspect'] | null {
  return isRecord(value) && typeof value['text'] === 'string' ? { text: value['text'] } : null;
}

export function readSetKey(value: unknown): CommandArguments['setKey'] | null {
  return isRecord(value) && typeof value['source'] === 'string' ? { source: value['source'] } : null;
}

export function readIgnore(value: unknown): IgnoreArguments | null {
  if (!isRecord(value) || typeof value['uri'] !== 'string') return null;
  const { uri, kind, pattern } = value;
  if (kind === 'rule') {
    const rule = RULES.find(({ code }) => code === value['rule']);
    return rule === undefined ? null : { uri, kind, rule: rule.code };
  }
  if (kind !== 'add' && kind !== 'remove' && kind !== 'lost') return null;
  return typeof pattern === 'string' && pattern !== '' ? { uri, kind, pattern } : null;
}

export function readReportScope(value: unknown): ReportScope | null {
  if (!isRecord(value)) return null;
  switch (value['kind']) {
    case 'document':
      return typeof value['uri'] === 'string' ? { kind: 'document', uri: value['uri'] } : null;
    case 'workspace':
      return { kind: 'workspace' };
    case 'target':
      return typeof value['text'] === 'string' ? { kind: 'target', text: value['text'] } : null;
    default:
      return null;
  }
}

/**
 * Whether a typed text may be a URL or domain; the server has the last word.
 *
 * @returns what is wrong with it, or null
 */
export function addressProblem(text: string): 'empty' | 'spaces' | 'scheme' | 'no-host' | null {
  const typed = text.trim();
  if (typed === '') return 'empty';
  if (/\s/.test(typed)) return 'spaces';
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return 'scheme';
  const host = URL.parse(scheme === undefined ? `https://${typed.replace(/^\/\//, '')}` : typed)?.hostname ?? '';
  return host.includes('.') || host.startsWith('[') || host === 'localhost' ? null : 'no-host';
}

export function readTarget(value: unknown): Target | null {
  if (!isRecord(value)) return null;
  const { kind, name, id } = value;
  if (kind !== 'domain' && kind !== 'host' && kind !== 'page' && kind !== 'folder') return null;
  return typeof name === 'string' && typeof id === 'string' ? { kind, name, id } : null;
}

function readPosition(value: unknown): { line: number; character: number } | null {
  if (!isRecord(value)) return null;
  const { line, character } = value;
  return isCount(line) && isCount(character) ? { line, character } : null;
}

/** A line, a character or an offset as it comes from outside. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** An order for an index, as a key binding or another extension may give it. */
export function readIndexOrder(value: unknown): IndexOrder | null {
  if (!isRecord(value) || typeof value['out'] !== 'string' || value['out'] === '') return null;
  const { out, inputs = [], addition, baseUrl, crawl } = value;
  if (!Array.isArray(inputs) || !inputs.every((input) => typeof input === 'string')) return null;
  if (inputs.length === 0 && typeof crawl !== 'string') return null;
  return {
    out,
    addition: addition === true,
    inputs,
    baseUrl: typeof baseUrl === 'string' ? baseUrl : undefined,
    crawl: typeof crawl === 'string' ? crawl : undefined,
  };
}
