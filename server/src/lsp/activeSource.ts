/** Which source the facts come from now: follows settings, keys, consent and proxy, and swaps the source as a whole when one of them changes. */
import { homedir } from 'node:os';
import path from 'node:path';
import type { Credentials, HttpSettings } from '../../../shared/protocol.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { FactStore } from '../facts/facts.ts';
import { ignoredBy } from '../features/ignorePatterns.ts';
import { createSource, type SourceParts, whyNoSource } from '../sources/registry.ts';
import type { Source } from '../sources/source.ts';
import { createTransport, type Transport } from '../sources/transport.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

export interface ActiveSourceParts {
  readonly facts: FactStore;
  readonly openIndex: SourceParts['openIndex'];
  readonly clock: Clock;
  readonly log: Log;
  readonly credentials: Credentials;
  readonly http: HttpSettings | undefined;
}

export interface ActiveSource {
  /** @param root native path that a relative index path starts from; null when no folder is open */
  setSettings(settings: Settings, root: string | null): void;
  setCredentials(credentials: Credentials): void;
  /** Holds for one host: another endpoint has to be agreed to anew. */
  setConsent(consent: { readonly source: string; readonly host: string; readonly given: boolean }): void;
  setHttp(http: HttpSettings): void;
  /** As they stand now. */
  http(): HttpSettings | undefined;
  /** True while the source is remote and the user has not agreed. */
  needsConsent(): boolean;
  close(): Promise<void>;
}

export function createActiveSource(parts: ActiveSourceParts): ActiveSource {
  const { facts, openIndex, clock, log } = parts;
  /** What was agreed to: source and host. */
  const consents = new Set<string>();
  let { credentials, http } = parts;
  let transport: Transport = createTransport({ http });
  let settings: Settings | null = null;
  let source: Source | null = null;
  /** Everything the present source was made from: the same again changes nothing. */
  let madeFrom = '';

  const consent = () => settings !== null && consents.has(consentKey(settings.source, URL.parse(settings.endpoint)?.host ?? ''));
  const setPolicy = () => {
    const { automatic, ignore } = settings ?? { automatic: false, ignore: [] };
    facts.setPolicy({ automatic, consent: consent(), ignore: (url) => ignoredBy(url, ignore) !== null });
  };
  const remake = () => {
    if (settings === null) return;
    const made = JSON.stringify([settings.source, settings.indexPath, settings.endpoint, credentials]);
    if (made === madeFrom) return;
    madeFrom = made;
    source = createSource(settings, { transport, credentials, openIndex, log, clock: () => clock.now() });
    log.info(source === null ? 'No source is active.' : `Source: ${source.capabilities.label}`);
    facts.setSource(source, source === null ? whyNoSource(settings) : null);
  };

  return {
    setSettings(next, root) {
      settings = { ...next, indexPath: absolutePath(next.indexPath, root) };
      setPolicy();
      remake();
    },
    setCredentials(next) {
      credentials = next;
      remake();
    },
    setConsent({ source: id, host, given }) {
      if (given) consents.add(consentKey(id, host));
      else consents.delete(consentKey(id, host));
      setPolicy();
    },
    setHttp(next) {
      // Editors push them once more right after the start.
      if (JSON.stringify(next) === JSON.stringify(http)) return;
      http = next;
      const former = transport;
      transport = createTransport({ http });
      madeFrom = '';
      remake();
      former.close().catch((error: unknown) => log.warn(`Closing connections: ${String(error)}`));
    },
    http: () => http,
    needsConsent: () => source?.capabilities.remote === true && !consent(),
    close: async () => transport.close(),
  };
}

function consentKey(source: string, host: string): string {
  return `${source} ${host}`;
}

function absolutePath(file: string, root: string | null): string {
  if (file === '') return '';
  if (file === '~' || /^~[/\\]/.test(file)) return path.join(homedir(), file.slice(1));
  return path.isAbsolute(file) || root === null ? file : path.resolve(root, file);
}
