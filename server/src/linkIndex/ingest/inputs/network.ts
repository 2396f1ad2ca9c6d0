/** The way to addresses that inputs name: opened when the first one is met. */
import type { HttpSettings } from '../../../../../shared/protocol.ts';
import { type Dispatchers, openDispatchers } from '../../../http/dispatchers.ts';

/** Milliseconds until a connection must stand. */
const CONNECT = 30_000;

export interface Network {
  readonly open: () => Promise<Dispatchers>;
  readonly close: () => Promise<void>;
}

/** @param http the editor's proxy and certificates; without a proxy in them the environment decides */
export function lazyNetwork(http: HttpSettings | undefined): Network {
  let opened: Promise<Dispatchers> | null = null;
  return {
    async open() {
      opened ??= openDispatchers({ http, env: process.env, connectTimeout: CONNECT });
      return await opened;
    },
    close: async () => (await opened?.catch(() => null))?.close(),
  };
}
