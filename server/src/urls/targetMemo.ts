/** The two targets of a web URL, remembered: documents repeat their URLs, and the same ones come back with every keystroke. */
import type { Target } from '../../../shared/backlinks.ts';
import { remember } from '../util/remember.ts';
import { domainTarget, pageTarget } from './targets.ts';

export interface LinkTargets {
  readonly page: Target;
  readonly domain: Target;
}

/** @returns null for what is no http(s) URL */
export type ReadTargets = (url: string) => LinkTargets | null;

/** URLs remembered at most. */
const MOST = 50_000;

export function createTargetMemo(): ReadTargets {
  return remember((url) => {
    const page = pageTarget(url);
    const domain = domainTarget(url);
    return page === null || domain === null ? null : { page, domain };
  }, MOST);
}
