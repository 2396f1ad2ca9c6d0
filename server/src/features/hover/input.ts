/** Everything that a hover is made of: values only, so that it answers in the same tick. */
import type { CostUnit } from '../../../../shared/spending.ts';
import type { SourceHealth } from '../../facts/facts.ts';
import type { SourceInfo } from '../../sources/source.ts';
import type { PageReach } from '../../workspace/workspace.ts';
import type { KnownLink } from '../linkView.ts';

export interface HoverInput {
  /** The document that holds the link. */
  readonly uri: string;
  readonly view: KnownLink;
  /** How the file behind a local link is reached; null for other links and while the folder is still being read. */
  readonly reach: PageReach | null;
  /** Links to the page and to the domain in the open folder's files; null where that is not known. */
  readonly uses: { readonly page: number | null; readonly domain: number | null };
  /** Path of a file for people. */
  readonly pathOf: (uri: string) => string;
  readonly source: SourceInfo | null;
  readonly health: SourceHealth;
  /** What looking up one link costs; null or absent where nothing is billed. */
  readonly linkCost?: { readonly amount: number; readonly unit: CostUnit } | null;
  /** What may be spent in a day; null or absent where there is no limit. */
  readonly budget?: { readonly amount: number; readonly unit: CostUnit } | null;
  /** True where it is read aloud: bars are then left out. */
  readonly spoken?: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly locale: string;
  /** True when command links may stand in it. */
  readonly commandLinks: boolean;
}
