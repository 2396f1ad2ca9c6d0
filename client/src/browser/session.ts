/**
 * The key of this tab. A token is kept for the tab alone (sessionStorage, gone when it is closed), a secret only until it was changed for a
 * token; neither is ever part of an address.
 */

const PLACE = 'backlink-lens-token';

export interface Session {
  /** The bearer token; null for none. */
  token(): string | null;
  /** Keeps a token, or forgets it. */
  keep(token: string | null): void;
  /** Credits left as the latest reply said; null where they are not counted. */
  balance: number | null;
  /** True once the service asked for a key: one without keys never does. */
  asked: boolean;
}

/** @param storage of the tab; a browser may refuse it, and then the token lives as long as this page */
export function openSession(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null): Session {
  let token = storage?.getItem(PLACE) ?? null;
  return {
    token: () => token,
    keep: (next) => {
      token = next;
      try {
        if (next === null) storage?.removeItem(PLACE);
        else storage?.setItem(PLACE, next);
      } catch {
        // Full or forbidden: this page knows it all the same.
      }
    },
    balance: null,
    asked: false,
  };
}

/** The tab's own storage, where the browser gives one. */
export function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
