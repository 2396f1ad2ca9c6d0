/** The description of the service for people and programs: OpenAPI 3.1, made of the descriptions of its calls. */
import { homepage, version } from '../../util/version.ts';
import { GENERATION_HEADER, WIRE_ERRORS, WIRE_SCHEMAS } from '../contract.ts';
import type { ParameterDescription, Service } from '../service.ts';
import { SECURITY_SCHEMES, TOKEN_PATH } from './keys.ts';

/** JSON Schema is open to all kinds of fields. */
type Schema = Readonly<Record<string, unknown>>;

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const FAILURES: Readonly<Record<number, string>> = {
  400: 'A parameter is missing or not permitted, or the request could not be read.',
  401: 'There is no token, or one that is not or no longer known.',
  403: 'The key is suspended or has too few credits; or an open service was called by another name than that of the loopback.',
  404: 'There is no such service.',
  405: 'The service is called by another method; the header Allow names it.',
  408: 'The request did not arrive in time.',
  413: 'The body is too large.',
  415: 'The body is of another type.',
  429: 'Too many requests; the header Retry-After says when to come again.',
  500: 'The service failed at this request; its log tells why.',
  503: 'The index cannot be read at the moment, or the answer would take too long.',
};

/**
 * The document.
 *
 * @param keys true for a service that asks for tokens
 */
export function openApiDocument(services: Iterable<Service>, { keys }: { readonly keys: boolean }): object {
  const paths = Object.fromEntries(
    Array.from(services, (service) => [`/v3/${service.name}`, { [service.method.toLowerCase()]: operation(service) }]),
  );
  return {
    openapi: '3.1.1',
    info: {
      title: 'Backlink Lens',
      version,
      summary: 'Who links to a page, a host or a domain, and how strong those pages are.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: { description: 'What is recorded of the contract, and what is ours', url: `${homepage}/blob/main/docs/service.md` },
    servers: [{ url: '/' }],
    tags: TAGS,
    ...(keys ? { security: Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })) } : {}),
    paths: { ...(keys ? TOKEN_PATH : {}), ...paths },
    components: {
      schemas: { Error: { ...WIRE_SCHEMAS.error, description: errorCodes() } },
      responses: Object.fromEntries(Object.entries(FAILURES).map(([status, says]) => [`Failure${status}`, failure(says)])),
      ...(keys ? { securitySchemes: SECURITY_SCHEMES } : {}),
    },
  };
}

const DESCRIPTION = `Speaks the *Backlinks for a given URL* contract from an index of its own. Each call answers under its name and under its
name with \`.json\` behind it. An optional parameter that is empty counts as absent. Text that is not known is "", a number that is not known is
null. \`balance\` is what the key has left, null where there are no keys.`;

const TAGS = [
  { name: 'contract', description: 'Calls of the contract.' },
  { name: 'links', description: 'Calls of our own.' },
];

const COSTS = ['nothing', 'one credit'];

function operation(service: Service): object {
  const { name, method, says, credits = 1 } = service;
  const cost = typeof credits === 'number' ? `Costs ${COSTS[credits] ?? `${credits} credits`}.` : '';
  return {
    operationId: name.replace('/', '-'),
    tags: [name.startsWith('links/') ? 'links' : 'contract'],
    summary: says.split(/[.:]\s/, 1)[0]?.replace(/\.$/, '') ?? name,
    description: [says, cost].join(' ').trim(),
    ...(method === 'GET' ? { parameters: service.parameters.map(queryParameter) } : { requestBody: requestBody(service.parameters) }),
    responses: {
      200: {
        description: 'The answer.',
        headers: { [GENERATION_HEADER]: GENERATION },
        content: { [JSON_TYPE]: { schema: withBalance(service.reply) } },
      },
      ...Object.fromEntries(Object.keys(FAILURES).map((status) => [status, { $ref: `#/components/responses/Failure${status}` }])),
    },
  };
}

const GENERATION = {
  description: 'Generation of the index that answered, where the call reads a list: when it changes, paging starts again.',
  schema: { type: 'string' },
};

function queryParameter({ name, required, says, schema }: ParameterDescription): object {
  return { name, in: 'query', required, description: says, schema };
}

/** A list cannot be told from one text in a form. */
function requestBody(parameters: readonly ParameterDescription[]): object {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, says, schema: of }) => [name, { ...of, description: says }])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  const isList = parameters.some(({ schema: of }) => 'type' in of && of.type === 'array');
  return { required: true, content: { [JSON_TYPE]: { schema }, ...(isList ? {} : { [FORM_TYPE]: { schema } }) } };
}

/** @param reply an object's schema */
function withBalance(reply: object): object {
  const { properties, required } = reply as { readonly properties: Schema; readonly required: readonly string[] };
  const balance = { type: ['integer', 'null'], description: 'Credits left after this call.' };
  return { ...reply, properties: { ...properties, balance }, required: [...required, 'balance'] };
}

function failure(says: string): object {
  return { description: says, content: { [JSON_TYPE]: { schema: { $ref: '#/components/schemas/Error' } } } };
}

function errorCodes(): string {
  return `Codes: ${Object.entries(WIRE_ERRORS)
    .map(([name, code]) => `${code} ${name}`)
    .join(', ')}. 4001003 and 4001004 are recorded, the others ours.`;
}
