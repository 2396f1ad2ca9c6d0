/** JSON Schemas of our own words, as shared/backlinks.ts and shared/queries.ts define them, for the document that describes the service. */
import { fields } from './contract.ts';

export const COUNT = { type: 'integer', minimum: 0 } as const;
export const COUNT_OR_NULL = { type: ['integer', 'null'], minimum: 0 } as const;
export const TEXT = { type: 'string' } as const;
export const TEXT_OR_NULL = { type: ['string', 'null'] } as const;
export const DAY = { type: 'string', format: 'date' } as const;
export const DAY_OR_NULL = { type: ['string', 'null'], format: 'date' } as const;

/** A strength with its basis: what else it has depends on that. */
export const STRENGTH = {
  type: 'object',
  properties: {
    basis: { type: 'string', enum: ['index', 'rank', 'vendor', 'estimated'] },
    value: { type: 'number', minimum: 0 },
    population: { ...COUNT, description: 'Basis index and rank: of so many pages or domains.' },
    position: { ...COUNT, description: 'Basis rank: the place, from 1.' },
    of: { ...TEXT, description: 'Basis rank: the domain whose rank it is.' },
    name: { ...TEXT, description: 'Basis vendor: what the vendor calls it.' },
    scale: { type: 'number', description: 'Basis vendor: its highest value.' },
  },
  required: ['basis', 'value'],
} as const;

export const STRENGTH_OR_NULL = { anyOf: [STRENGTH, { type: 'null' }] } as const;

export const FOLLOWED = { ...fields({ links: COUNT, of: COUNT }), description: 'Followed links among those of kind a, aimg and area.' };

/** Why and when a link was lost. */
export const LOST = {
  anyOf: [
    fields({ on: DAY, reason: { type: 'string', enum: ['removed', 'gone', 'redirected', 'noindex', 'canonicalised', 'unknown'] } }),
    { type: 'null' },
  ],
} as const;

/** @returns the schema of a list of such things, or null */
export function listOrNull(items: object): object {
  return { type: ['array', 'null'], items };
}

export function orNull(schema: object): object {
  return { anyOf: [schema, { type: 'null' }] };
}
