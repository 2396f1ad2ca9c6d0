/** The credits that a key has. */
import { toWireValue, wireValueSchema } from '../contract.ts';
import type { Service } from '../service.ts';

export const availableCredits: Service = {
  name: 'AdminStatusGetValueAvailableCredits',
  method: 'GET',
  says: 'The credits that were left before this call, which costs one as well. Null where credits are not counted.',
  parameters: [],
  reply: wireValueSchema({ type: ['integer', 'null'] }),
  answer: async ({ balance }) => ({ body: toWireValue(balance), generation: null }),
};
