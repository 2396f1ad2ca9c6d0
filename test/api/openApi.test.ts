/** The description of the service: valid by the OpenAPI 3.1 schema, and complete. Its answers are held to it in the tests of the calls. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { WIRE_ERRORS, WIRE_SCHEMAS } from '../../server/src/api/contract.ts';
import { openApiDocument } from '../../server/src/api/openApi/document.ts';
import type { Parameter, Service } from '../../server/src/api/service.ts';
import { SERVICES } from '../../server/src/api/services.ts';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
  readonly security?: readonly object[];
}

describe('openapi', () => {
  for (const keys of [false, true]) {
    const document = openApiDocument(SERVICES.values(), { keys }) as Document;

    it(`is valid by the OpenAPI 3.1 schema, ${keys ? 'with' : 'without'} keys`, async () => {
      const validator = new Validator();
      const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
      assert.ok(valid, JSON.stringify(errors));
      assert.equal(validator.version, '3.1');
      assert.equal(document.security !== undefined, keys);
      assert.equal('/v3/token' in document.paths, keys);
    });

    it(`names every operation once, ${keys ? 'with' : 'without'} keys`, () => {
      const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
      assert.equal(new Set(ids).size, ids.length);
      assert.equal(ids.length, SERVICES.size + (keys ? 1 : 0));
    });
  }

  it('describes every call of the contract', () => {
    const links = [
      'CountBacklinks',
      'CountReferringDomains',
      'CountReferringIps',
      'ValuePageStrength',
      'ListSpsSpread',
      'ListLinktext',
      'ListLinkedPages',
    ];
    const more = ['CountDeeplinkRatio', 'CountEduGovLinks', 'ListBacklinks'];
    const names = [...links, ...more].map((name) => `ResearchLinksGet${name}`);
    for (const name of [...names, 'ResearchLinksPostListIsLinked', 'AdminStatusGetValueAvailableCredits', 'links/summaries', 'links/rows']) {
      const service = SERVICES.get(name);
      assert.ok(service, name);
      assert.equal(service.method, /Post|summaries/.test(name) ? 'POST' : 'GET', name);
    }
  });

  it('is said in words, too: docs/service.md has every call, parameter, field and code', () => {
    const words = readFileSync(path.resolve(import.meta.dirname, '../../docs/service.md'), 'utf8');
    const calls = [...SERVICES.values()].map(({ name }) => name.replace(/^links\/(?!rows|summaries|index)/, ''));
    const parameters = [...SERVICES.values()].flatMap((service) => service.parameters.map(({ name }) => `\`${name}\``));
    const fields = Object.values(WIRE_SCHEMAS).flatMap((schema) =>
      Object.keys((schema as { properties: object }).properties).map((field) => `\`${field}\``),
    );
    // Nobody reads what is said to a caller that has gone.
    const codes = Object.values(WIRE_ERRORS).filter((code) => Math.floor(code / 10_000) !== 499);
    for (const word of [...calls, ...parameters, ...fields, ...codes]) {
      const said = ['`error`', '`error_message`', '`targets`'].includes(String(word)) || words.includes(String(word));
      assert.ok(said, String(word));
    }
  });

  it('has schemas that JSON Schema 2020-12 knows, whose examples and defaults they permit', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajvFormats.default(ajv);
    for (const { name, reply, parameters } of SERVICES.values()) {
      assert.ok(ajv.compile(reply), name);
      for (const { name: parameter, schema } of parameters) {
        const validate = ajv.compile(schema);
        const { examples = [], default: usual } = schema as { readonly examples?: readonly unknown[]; readonly default?: unknown };
        for (const value of [...examples, ...(usual === undefined ? [] : [usual])])
          assert.ok(validate(value), `${name} ${parameter} ${String(value)}`);
      }
    }
  });

  it('permits what the parameters read, and nothing else of the enumerated ones', () => {
    for (const service of SERVICES.values()) {
      for (const parameter of service.parameters) {
        const { enum: words } = parameter.schema as { readonly enum?: readonly (string | number)[] };
        if (words === undefined) continue;
        for (const word of words) assert.doesNotThrow(() => read(service, parameter as Parameter<unknown>, String(word)));
        assert.throws(() => read(service, parameter as Parameter<unknown>, 'no such word'), { status: 400, code: 4001005 });
      }
    }
  });
});

function read({ name }: Service, parameter: Parameter<unknown>, value: string): unknown {
  return parameter.read({ service: name, parameters: { [parameter.name]: value } });
}
