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

/** Of the documents that are open. */
const MOST = 50_000;

/** @param most URLs remembered at most */
export function createTargetMemo(most = MOST): ReadTargets {
  return remember((url) => {
    const page = pageTarget(url);
    const domain = domainTarget(url);
    return page === null || domain === null ? null : { page, domain };
  }, most);
}
