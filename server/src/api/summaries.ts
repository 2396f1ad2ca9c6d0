/**
 * Our own batch call for editors: `POST /v3/links/summaries` with `{"targets": ["example.com", …]}`. One entry a target comes back, in the
 * order asked, with the fields of Summary or, for what is no target, the contract's error fields.
 */
import type { Summary, Target } from '../../../shared/backlinks.ts';
import { parseTarget } from '../urls/targets.ts';
import { fields, toWireList, toWireRow, WIRE_ERRORS, WIRE_SCHEMAS, wireListSchema } from './contract.ts';
import { LONGEST_URL } from './parameters.ts';
import { RefusedRequest } from './refused.ts';
import { COUNT, COUNT_OR_NULL, DAY_OR_NULL, FOLLOWED, listOrNull, orNull, STRENGTH_OR_NULL, TEXT, TEXT_OR_NULL } from './schemas.ts';
import type { Asked, Parameter, Service } from './service.ts';

/** Targets in one call at most. */
const MOST_TARGETS = 1000;

/** What was asked, in its order; null for a text that is no target. */
type Batch = readonly { readonly text: string; readonly target: Target | null }[];

const TARGETS: Parameter<Batch> = {
  name: 'targets',
  required: true,
  says: `Up to ${MOST_TARGETS.toLocaleString('en')} domains, hosts, pages and folders.`,
  schema: { type: 'array', items: TEXT, maxItems: MOST_TARGETS, examples: [['example.com', 'https://example.com/page.html']] },
  read: (asked) => readTargets(asked).map((text) => ({ text, target: text.length > LONGEST_URL ? null : parseTarget(text) })),
};

const FORM = fields({ url: TEXT, backlinks: COUNT });

const SUMMARY = {
  ...fields({
    target: { ...TEXT, description: 'As asked.' },
    kind: { type: 'string', enum: ['domain', 'host', 'page', 'folder'] },
    backlinks: COUNT_OR_NULL,
    unit: { type: 'string', enum: ['links', 'pages'] },
    internalBacklinks: COUNT_OR_NULL,
    referringPages: COUNT_OR_NULL,
    referringHosts: COUNT_OR_NULL,
    referringDomains: COUNT_OR_NULL,
    followed: orNull(FOLLOWED),
    forms: listOrNull(FORM),
    strength: STRENGTH_OR_NULL,
    topAnchors: listOrNull(fields({ text: TEXT, count: COUNT })),
    redirectsTo: orNull(fields({ url: TEXT, status: COUNT, on: DAY_OR_NULL })),
    viaRedirect: listOrNull(FORM),
    strongest: listOrNull(fields({ row: WIRE_SCHEMAS.row, more: COUNT_OR_NULL })),
    newBacklinks: COUNT_OR_NULL,
    lostBacklinks: COUNT_OR_NULL,
    changesSince: DAY_OR_NULL,
    asOf: DAY_OR_NULL,
  }),
  description: 'The totals of a target, in the words of our summaries; zeros mean that none were seen in this index.',
};

const SOMETIMES = {
  notAmongFirst: { ...COUNT_OR_NULL, description: 'Of a domain without a strength: it is none of the first so many by rank.' },
  statedBy: { ...TEXT_OR_NULL, description: 'Whose statement the counts are, where it is not this index.' },
};

const NO_TARGET = { ...fields({ target: TEXT, error: COUNT, error_message: TEXT }), description: 'What stands for a text that is no target.' };

export const summaries: Service = {
  name: 'links/summaries',
  method: 'POST',
  says: 'The totals of up to 1,000 targets in one call, in the order asked. It costs one credit for each of them.',
  credits: (asked) => TARGETS.read(asked).filter(({ target }) => target !== null).length,
  // 1,000 targets of the longest permitted URL.
  largestBody: 5 * 1024 * 1024,
  parameters: [TARGETS],
  reply: wireListSchema({ anyOf: [withFields(SUMMARY, SOMETIMES), NO_TARGET] }),
  async answer({ store, signal, ...call }) {
    const started = performance.now();
    const asked = TARGETS.read(call);
    const targets = asked.map(({ target }) => target).filter((target): target is Target => target !== null);
    const found = new Map((await store.summaries(targets, signal)).map((summary) => [summary.target.id, summary]));
    const response = asked.map(({ text, target }) => entry(text, target === null ? undefined : found.get(target.id)));
    return { body: toWireList(response, response.length, performance.now() - started), generation: null };
  },
};

function withFields(schema: object, more: Readonly<Record<string, object>>): object {
  const properties = 'properties' in schema && typeof schema.properties === 'object' ? schema.properties : {};
  return { ...schema, properties: { ...properties, ...more } };
}

function readTargets({ service, parameters }: Asked): readonly string[] {
  const { targets } = parameters;
  if (!Array.isArray(targets) || !targets.every((target) => typeof target === 'string')) {
    throw new RefusedRequest(
      400,
      WIRE_ERRORS.parameterRequired,
      `For service "${service}" parameter "targets", a list of texts, is required!`,
      {},
      'targets',
    );
  }
  if (targets.length > MOST_TARGETS) {
    throw new RefusedRequest(
      400,
      WIRE_ERRORS.parameterInvalid,
      `Parameter "targets" has ${targets.length} entries; permitted are ${MOST_TARGETS}.`,
      {},
      'targets',
    );
  }
  return targets;
}

function entry(asked: string, summary: Summary | undefined): object {
  if (summary === undefined) {
    const message = asked.length > LONGEST_URL ? `This is longer than ${LONGEST_URL} characters.` : 'This is not a domain, host, page or folder.';
    return { target: asked, error: WIRE_ERRORS.parameterInvalid, error_message: message };
  }
  const strongest = summary.strongest?.map(({ row, more }) => ({ row: toWireRow(row), more })) ?? null;
  return { ...summary, target: asked, kind: summary.target.kind, strongest };
}
