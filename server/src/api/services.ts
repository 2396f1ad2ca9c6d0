/** The contract calls that this service answers. */
import type { Service } from './service.ts';
import { listBacklinks } from './services/listBacklinks.ts';
import { pageStrength } from './services/pageStrength.ts';

export const SERVICES: ReadonlyMap<string, Service> = new Map([listBacklinks, pageStrength].map((service) => [service.name, service]));
