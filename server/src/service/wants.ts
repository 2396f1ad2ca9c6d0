/** Which targets the open documents need: each is wanted once per document, and no longer when the document is closed. */
import type { Target } from '../../../shared/backlinks.ts';
import type { Facts } from '../facts/facts.ts';
import type { LinkView } from '../features/linkView.ts';
import type { Agree } from '../service.ts';
import { isAbort } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

export interface Wants {
  /** Wants what of these links was not wanted for this document yet. */
  update(uri: string, links: readonly LinkView[]): void;
  release(uri: string): void;
  /** Forgets what was wanted, so that the next update wants everything again: source or settings changed. */
  reset(): void;
}

export function createWants(facts: Facts, log: Log): Wants {
  const documents = new Map<string, { readonly control: AbortController; readonly ids: Set<string> }>();
  const release = (uri: string) => {
    documents.get(uri)?.control.abort();
    documents.delete(uri);
  };
  return {
    update(uri, links) {
      const entry = documents.get(uri) ?? { control: new AbortController(), ids: new Set<string>() };
      documents.set(uri, entry);
      const fresh = targetsOf(links).filter(({ id }) => !entry.ids.has(id));
      if (fresh.length === 0) return;
      for (const { id } of fresh) entry.ids.add(id);
      facts.want(fresh, { priority: 'document', signal: entry.control.signal, asked: false }).catch((error: unknown) => {
        if (!isAbort(error)) log.error(`Look-up failed: ${String(error)}`);
      });
    },
    release,
    reset() {
      for (const uri of documents.keys()) release(uri);
    },
  };
}

/** Every target of these links once, pages before domains: page facts are what is read first. */
export function targetsOf(links: readonly LinkView[]): Target[] {
  const pages = new Map<string, Target>();
  const domains = new Map<string, Target>();
  for (const { targets, ignoredBy } of links) {
    if (targets === null || ignoredBy !== null) continue;
    pages.set(targets.page.id, targets.page);
    domains.set(targets.domain.id, targets.domain);
  }
  return [...pages.values(), ...domains.values()];
}

export interface PriceParts {
  readonly facts: Facts;
  /** True while nothing may be asked: then there is no price to tell. */
  readonly needsConsent?: () => boolean;
  readonly agree: Agree | undefined;
}

/** Tells the price of a look-up and waits for the answer; true at once where nothing would be billed or nobody wants to be told. */
export async function mayCost(
  { facts, needsConsent, agree }: PriceParts,
  targets: readonly Target[],
  what: 'document' | 'report',
  signal: AbortSignal,
): Promise<boolean> {
  if (agree === undefined || needsConsent?.() === true) return true;
  const price = await facts.price(targets, signal);
  return price === null || price.free || price.calls === 0 || (await agree(price, what, signal));
}
