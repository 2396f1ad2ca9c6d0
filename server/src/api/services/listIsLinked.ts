/** Which of some domains link to a target. */
import { toWireIsLinked, toWireList, WIRE_SCHEMAS, wireListSchema } from '../contract.ts';
import { DOMAINS, URL_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { knownTotal } from './counts.ts';

export const listIsLinked: Service = {
  name: 'ResearchLinksPostListIsLinked',
  method: 'POST',
  says: 'Which of up to 100 domains link to the target, in the order asked.',
  parameters: [DOMAINS, URL_PARAMETER],
  reply: wireListSchema(WIRE_SCHEMAS.isLinked),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const [domains, target] = [DOMAINS.read(asked), URL_PARAMETER.read(asked)];
    const { backlinks, generation } = await store.linksFrom({ target, domains: domains.map(({ domain }) => domain) }, signal);
    const links = backlinks.reduce((sum, one) => sum + one, 0);
    const known = (await knownTotal(store, target, links, () => signal)) !== null;
    const rows = domains.map(({ written }, at) => toWireIsLinked(written, known ? (backlinks[at] ?? 0) : null));
    return { body: toWireList(rows, rows.length, performance.now() - started), generation };
  },
};
