/** The addresses of the calls: `/v3/NAME` and `/v3/NAME.json`. What no call answers is refused before its body is read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BacklinkStore } from '../linkIndex/store.ts';
import { type Access, paying } from './access.ts';
import { GENERATION_HEADER, WIRE_ERRORS } from './contract.ts';
import { pathOf } from './failures.ts';
import { addOpenApi } from './openApi/route.ts';
import { rowsIn } from './ops/requestFacts.ts';
import { OpenJson, type WirePages } from './pages.ts';
import { RefusedRequest } from './refused.ts';
import type { Parameters, Service, ServiceCall } from './service.ts';
import { SERVICES } from './services.ts';

interface CallParts {
  readonly store: BacklinkStore;
  readonly pages: WirePages;
  readonly access: Access;
  /** Milliseconds until a call is given up. */
  readonly longest: number;
}

/** Adds every call, and their description. To be called after the hooks that decide who may ask at all. */
export function addCalls(app: FastifyInstance, parts: CallParts): void {
  // A text is no list of parameters: other types than forms and JSON are refused as such.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request) => {
    if (request.is404) throw notAnswered(request);
  });
  const { access } = parts;
  addOpenApi(app, access);
  for (const service of SERVICES.values()) {
    for (const url of [`/v3/${service.name}`, `/v3/${service.name}.json`]) {
      app.route({
        method: service.method,
        url,
        config: { call: service.name },
        ...(service.largestBody === undefined ? {} : { bodyLimit: service.largestBody }),
        onRequest: async (request) => access.admit(request),
        handler: (request, reply) => answer(service, parts, request, reply),
      });
    }
  }
}

async function answer(service: Service, parts: CallParts, request: FastifyRequest, reply: FastifyReply): Promise<object | string> {
  const { access } = parts;
  const { facts } = request;
  const parameters = parametersOf(request);
  const asked = { service: service.name, parameters };
  const credits = typeof service.credits === 'function' ? service.credits(asked) : (service.credits ?? 1);
  return paying(access, request, credits, async ({ key, balance }) => {
    facts.key = key;
    const before = balance === null ? null : balance + credits;
    const call = new Call(service.name, parameters, parts, before, reply);
    const { body, generation } = await service.answer(call);
    if (generation !== null) reply.header(GENERATION_HEADER, generation);
    facts.credits = credits;
    if (!(body instanceof OpenJson)) {
      facts.rows = rowsIn(body);
      return { ...body, balance };
    }
    facts.rows = body.rows;
    reply.type(JSON_TYPE);
    return body.closed(balance);
  });
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** A call's signal is made when it is first asked for: most answers are there before anybody waits. */
class Call implements ServiceCall {
  readonly service: string;
  readonly parameters: Parameters;
  readonly store: BacklinkStore;
  readonly pages: WirePages;
  readonly balance: number | null;
  readonly #reply: FastifyReply;
  readonly #longest: number;
  #signal: AbortSignal | null = null;

  constructor(service: string, parameters: Parameters, { store, pages, longest }: CallParts, balance: number | null, reply: FastifyReply) {
    this.service = service;
    this.parameters = parameters;
    this.store = store;
    this.pages = pages;
    this.balance = balance;
    this.#reply = reply;
    this.#longest = longest;
  }

  get signal(): AbortSignal {
    this.#signal ??= gone(this.#reply, this.#longest);
    return this.#signal;
  }
}

/** What stands in the query and in the body as well was given twice. */
function parametersOf({ query, body }: FastifyRequest): Parameters {
  const parameters = query as Parameters;
  if (body === undefined || body === null) return parameters;
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new RefusedRequest(400, WIRE_ERRORS.badRequest, 'The body must be a form or a JSON object that holds the parameters.');
  }
  const merged: Record<string, unknown> = Object.assign(Object.create(null), parameters);
  for (const [name, value] of Object.entries(body)) merged[name] = Object.hasOwn(merged, name) ? [merged[name], value] : value;
  return merged;
}

/** Why a request came to no call: there is none of this name, or it is called in another way. */
function notAnswered({ method, url }: FastifyRequest): RefusedRequest {
  const path = pathOf(url);
  const name = path.replace(/^\/v3\//, '').replace(/(\.json)?\/?$/, '');
  const service = path.startsWith('/v3/') ? SERVICES.get(name) : undefined;
  if (service === undefined) return new RefusedRequest(404, WIRE_ERRORS.unknownService, `Unknown Service "${name.slice(0, 200)}"`);
  const allow = service.method === 'GET' ? 'GET, HEAD' : service.method;
  return new RefusedRequest(405, WIRE_ERRORS.methodNotAllowed, `Service "${name}" is called by ${service.method}, not ${method}`, { allow }, name);
}

/** Aborts when the caller has gone, so that nobody works for nobody, and when it takes too long; with the refusal that says so. */
function gone(reply: FastifyReply, longest: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(tookTooLong(longest)), longest);
  reply.raw.once('close', () => {
    clearTimeout(timer);
    if (!reply.raw.writableFinished) controller.abort(callerGone());
  });
  return controller.signal;
}

function tookTooLong(longest: number): RefusedRequest {
  const message = `The answer would take longer than ${longest / 1000} s. Ask for less at once, or again later.`;
  return new RefusedRequest(503, WIRE_ERRORS.busy, message, { 'retry-after': '10' });
}

/** Nobody reads it: it is for the log. The status is the one that nginx writes there. */
function callerGone(): RefusedRequest {
  return new RefusedRequest(499, WIRE_ERRORS.callerGone, 'The caller has gone.');
}
