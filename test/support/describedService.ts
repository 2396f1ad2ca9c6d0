/** A running service whose every answer is held to the service's own description: status, headers and body must be as `/openapi.json` says. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Answer>> }>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Answer>>; readonly schemas: Readonly<Record<string, object>> };
}

interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export class DescribedService {
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  #document: Document | null = null;
  readonly #port: number;
  /** Answers that were held to the description. */
  checked = 0;

  /** @param port where it listens on the loopback address */
  constructor(port: number) {
    this.#port = port;
    ajvFormats.default(this.#ajv);
    this.#ajv.addVocabulary(['components', 'example']);
  }

  /** Reads the description; to be called before anything is asked. */
  async describe(): Promise<void> {
    this.#document = (await this.#send('/openapi.json', {})).body as unknown as Document;
  }

  /** Sends the path exactly as it is written, and checks the answer. */
  async ask(path: string, sent: Sent = {}): Promise<Reply> {
    const reply = await this.#send(path, sent);
    this.#check(path, sent.method ?? 'GET', reply);
    return reply;
  }

  postForm(path: string, parameters: Readonly<Record<string, string>>): Promise<Reply> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.ask(path, { method: 'POST', headers, body: new URLSearchParams(parameters).toString() });
  }

  postJson(path: string, body: unknown): Promise<Reply> {
    return this.ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  #send(path: string, { method = 'GET', headers = {}, body }: Sent): Promise<Reply> {
    // Node itself tells the length only where it expects a body.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: this.#port, path, method, headers: { ...headers, ...length } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }));
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  #check(path: string, method: string, { status, headers, body }: Reply): void {
    if (method === 'HEAD') return;
    const validate = this.#validator(path, method, status);
    const what = `${method} ${path.slice(0, 100)} ${status}`;
    assert.match(String(headers['content-type']), /^application\/json/, what);
    assert.ok(validate(body), `${what}: ${JSON.stringify(validate.errors?.slice(0, 3))} in ${JSON.stringify(body).slice(0, 500)}`);
    this.checked++;
  }

  /** What no operation answers has the shape of an error, too. */
  #validator(path: string, method: string, status: number): ValidateFunction {
    assert.ok(this.#document);
    const { paths, components } = this.#document;
    const name = path.split('?', 1)[0]?.replace(/(\.json)?\/?$/, '') ?? '';
    const operation = paths[name]?.[method.toLowerCase()];
    const described = operation?.responses[status];
    if (operation !== undefined) assert.ok(described, `${method} ${name} answers ${status}, which is not described`);
    const response = described?.$ref === undefined ? described : components.responses[described.$ref.replace('#/components/responses/', '')];
    const schema = response?.content?.['application/json']?.schema ?? { $ref: '#/components/schemas/Error' };
    const key = JSON.stringify(schema);
    const known = this.#validators.get(key) ?? this.#ajv.compile(closed({ ...schema, components: { schemas: components.schemas } }));
    this.#validators.set(key, known);
    return known;
  }
}

/** Listens on any free port. */
export async function described(app: FastifyInstance): Promise<DescribedService> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const service = new DescribedService((app.server.address() as AddressInfo).port);
  await service.describe();
  return service;
}

/** An answer must not hold more than is described, either: objects are closed for the check. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)]);
  const isObject = 'properties' in schema && 'type' in schema;
  return Object.fromEntries([...entries, ...(isObject ? [['additionalProperties', false]] : [])]) as T;
}
