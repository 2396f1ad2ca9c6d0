/** How many links of each group the tree shows: a page at first, one more whenever the user asks. */

export interface ShownCounts {
  /** Links a page. */
  readonly page: number;
  /** @param group null: the groups themselves */
  readonly of: (group: string | null) => number;
  readonly more: (group: string | null) => void;
  /** Shows as many pages as it takes to show this one; true when these are more than before. */
  readonly reach: (group: string | null, index: number) => boolean;
  readonly clear: () => void;
}

/** The contract's largest page: what is more than that is a wall, not a list. */
export const LINKS_PAGE = 250;

export function createShownCounts(page = LINKS_PAGE): ShownCounts {
  const counts = new Map<string | null, number>();
  const of = (group: string | null) => counts.get(group) ?? page;
  return {
    page,
    of,
    more: (group) => counts.set(group, of(group) + page),
    reach: (group, index) => {
      if (index < of(group)) return false;
      counts.set(group, Math.ceil((index + 1) / page) * page);
      return true;
    },
    clear: () => counts.clear(),
  };
}
