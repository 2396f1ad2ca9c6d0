/** Which source the facts come from now: follows settings, keys, consent and proxy, and swaps the source as a whole when one of them changes. */
import { homedir } from 'node:os';
import path from 'node:path';
import { hostAsked } from '../../../shared/destination.ts';
import type { Credentials, HttpSettings, SourceOffer } from '../../../shared/protocol.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import type { FactStore } from '../facts/facts.ts';
import { ignoredBy } from '../features/ignorePatterns.ts';
import { offerSources } from '../sources/offers.ts';
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
  /** Forgets what was looked up, in memory and on disk. */
  forget(): Promise<void>;
  /** Reads what other windows have spent today. */
  recount(): Promise<void>;
  /** True while the source is remote and the user has not agreed. */
  needsConsent(): boolean;
  /** Every source there is, as the settings have it now. */
  offers(): readonly SourceOffer[];
  close(): Promise<void>;
}

export function createActiveSource(parts: ActiveSourceParts): ActiveSource {
  const { facts, openIndex, clock, log } = parts;
  /** What was agreed to: source and host. */
  const consents = new Set<string>();
  let { credentials, http } = parts;
  let settings: Settings | null = null;
  /** Proxy and certificates of the editor, and the certificates of our own setting. */
  const network = (): HttpSettings => ({ ...http, caFile: settings?.caFile || undefined });
  let transport: Transport = createTransport({ http: network() });
  let transportFrom = JSON.stringify(network());
  let source: Source | null = null;
  /** Everything the present source was made from: the same again changes nothing. */
  let madeFrom = '';

  const consent = () => settings !== null && consents.has(consentKey(settings.source, hostAsked(settings) ?? ''));
  const setPolicy = () => {
    const { automatic, ignore, neverSend, budgetPerDay, source: id } = settings ?? DEFAULT_SETTINGS;
    facts.setPolicy({
      automatic,
      consent: consent(),
      ignore: (url) => ignoredBy(url, ignore) !== null,
      neverSend: (url) => ignoredBy(url, neverSend) !== null,
      budgetPerDay: budgetPerDay[id] ?? null,
    });
  };
  const remake = () => {
    if (settings === null) return;
    const { source: id, indexPath, ranksPath, endpoint, endpoints } = settings;
    const made = JSON.stringify([id, indexPath, ranksPath, endpoint, endpoints[id], credentials[id], transportFrom]);
    if (made === madeFrom) return;
    madeFrom = made;
    source = createSource(settings, { transport, credentials, openIndex, log, clock: () => clock.now(), after: (...alarm) => clock.after(...alarm) });
    log.info(source === null ? 'No source is active.' : `Source: ${source.capabilities.label}`);
    facts.setSource(source, source === null ? whyNoSource(settings) : null);
  };

  /** Editors push the same settings once more right after the start: only others make another transport, and the source with it. */
  const remakeTransport = () => {
    const from = JSON.stringify(network());
    if (from === transportFrom) return;
    transportFrom = from;
    const former = transport;
    transport = createTransport({ http: network() });
    former.close().catch((error: unknown) => log.warn(`Closing connections: ${String(error)}`));
  };

  return {
    setSettings(next, root) {
      const [indexPath, ranksPath, caFile] = [next.indexPath, next.ranksPath, next.caFile].map((file) => absolutePath(file, root));
      settings = { ...next, indexPath: indexPath ?? '', ranksPath: ranksPath ?? '', caFile: caFile ?? '' };
      remakeTransport();
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
      http = next;
      remakeTransport();
      remake();
    },
    http: network,
    forget: () => facts.clear(),
    recount: () => facts.recount(),
    needsConsent: () => source?.capabilities.remote === true && !consent(),
    offers: () => offerSources(settings ?? DEFAULT_SETTINGS),
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
