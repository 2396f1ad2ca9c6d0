/**
 * Our own batch call for editors: `POST /v3/links/summaries` with `{"targets": ["example.com", …]}`. One entry a target comes back, in the
 * order asked, with the fields of Summary or, for what is no target, the contract's error fields.
 */
import type { Summary, Target } from '../../../shared/backlinks.ts';
import type { BacklinkStore } from '../linkIndex/store.ts';
import { parseTarget } from '../urls/targets.ts';
import { toWireRow, toWireSeconds, WIRE_ERRORS } from './contract.ts';
import { RefusedRequest } from './refused.ts';

/** Targets in one call at most. */
const MOST_TARGETS = 1000;

export interface Batch {
  /** What was asked, in its order; null for a text that is no target. */
  readonly asked: readonly { readonly text: string; readonly target: Target | null }[];
  /** One for each that is a target. */
  readonly credits: number;
}

/**
 * What a batch asks for.
 *
 * @param body the request as parsed JSON
 * @throws RefusedRequest 400 when there is no list of texts in it, or more than 1,000
 */
export function readBatch(body: unknown): Batch {
  const asked = readTargets(body).map((text) => ({ text, target: parseTarget(text) }));
  return { asked, credits: asked.filter(({ target }) => target !== null).length };
}

/** Answers the batch, without its balance. */
export async function summariesReply(store: BacklinkStore, { asked }: Batch, signal: AbortSignal): Promise<object> {
  const started = performance.now();
  const targets = asked.map(({ target }) => target).filter((target): target is Target => target !== null);
  const found = new Map((await store.summaries(targets, signal)).map((summary) => [summary.target.id, summary]));
  const response = asked.map(({ text, target }) => entry(text, target === null ? undefined : found.get(target.id)));
  return { count: response.length, response, response_time: toWireSeconds(performance.now() - started) };
}

function readTargets(body: unknown): readonly string[] {
  const targets: unknown = typeof body === 'object' && body !== null && 'targets' in body ? body.targets : undefined;
  if (!Array.isArray(targets) || !targets.every((target) => typeof target === 'string')) {
    throw new RefusedRequest(400, WIRE_ERRORS.parameterRequired, 'For service "links/summaries" parameter "targets", a list of texts, is required!');
  }
  if (targets.length > MOST_TARGETS) {
    throw new RefusedRequest(400, WIRE_ERRORS.parameterInvalid, `Parameter "targets" has ${targets.length} entries; permitted are ${MOST_TARGETS}.`);
  }
  return targets;
}

function entry(asked: string, summary: Summary | undefined): object {
  if (summary === undefined) {
    return { target: asked, error: WIRE_ERRORS.parameterInvalid, error_message: 'This is not a domain, host, page or folder.' };
  }
  const strongest = summary.strongest?.map(({ row, more }) => ({ row: toWireRow(row), more })) ?? null;
  return { ...summary, target: asked, kind: summary.target.kind, strongest };
}
