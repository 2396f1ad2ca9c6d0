/** How many backlinks of a site point to its home page, and how many deeper. */
import type { Target } from '../../../../shared/backlinks.ts';
import { pageTarget } from '../../urls/targets.ts';
import { fields, toWireDeepLinks, WIRE_SCHEMAS } from '../contract.ts';
import { SITE_PARAMETER } from '../parameters.ts';
import type { Service } from '../service.ts';
import { ownCounts } from './counts.ts';

export const countDeeplinkRatio: Service = {
  name: 'ResearchLinksGetCountDeeplinkRatio',
  method: 'GET',
  says: 'How many backlinks point to the home page of a domain or host (its page "/"), and how many to any other of its pages.',
  parameters: [SITE_PARAMETER],
  reply: fields({ response: WIRE_SCHEMAS.deepLinks }),
  async answer({ store, signal, ...asked }) {
    const site = SITE_PARAMETER.read(asked);
    const [all, home] = await ownCounts(store, [site, ...homeOf(site)], signal);
    return { body: { response: toWireDeepLinks(home?.backlinks ?? null, all?.backlinks ?? null) }, generation: null };
  },
};

function homeOf({ name }: Target): Target[] {
  const home = pageTarget(`https://${name}/`);
  return home === null ? [] : [home];
}
