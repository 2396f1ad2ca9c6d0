/** What the server says without being asked: changed facts, the status, and problems for clients that do not pull them. Coalesced. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { factsChangedNotification, type Status, statusNotification } from '../../../shared/protocol.ts';
import type { BacklinkService } from '../service.ts';
import type { Clock } from '../util/clock.ts';
import { coalesce } from '../util/coalesce.ts';
import type { Log } from '../util/log.ts';
import type { ClientTraits } from './clientTraits.ts';

/** Milliseconds between a change and its being told. */
const QUIET = 100;

export interface PublisherParts {
  readonly connection: Connection;
  readonly service: BacklinkService;
  readonly documents: TextDocuments<TextDocument>;
  readonly traits: ClientTraits;
  readonly clock: Clock;
  readonly log: Log;
}

export function startPublisher(parts: PublisherParts): { dispose(): void } {
  const { connection, service, documents, traits, clock, log } = parts;
  let changed = new Set<string>();
  let everything = false;
  let knowledge = false;
  let told = '';

  const tell = async () => {
    const uris = everything ? [] : [...changed];
    // A document that was closed has its problems cleared even where everything changed with it.
    const touched = everything ? new Set([...documents.keys(), ...changed]) : changed;
    const [refresh, everyone] = [knowledge, everything];
    [changed, everything, knowledge] = [new Set(), false, false];
    if (everyone || uris.length > 0) await connection.sendNotification(factsChangedNotification, { uris });
    const status = service.status();
    if (asKey(status) !== told) await connection.sendNotification(statusNotification, status);
    told = asKey(status);
    if (!traits.pullsDiagnostics) await push(parts, touched);
    else if (refresh && traits.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
    if (refresh && traits.refreshesHints) await connection.languages.inlayHint.refresh();
  };
  const ask = coalesce(
    () => {
      // A connection that is closing has nobody left to tell.
      tell().catch((error: unknown) => log.debug(`Not told: ${String(error)}`));
    },
    QUIET,
    clock,
  );

  const subscription = service.onDidChange(({ uris, cause }) => {
    if (uris.length === 0 && cause === 'knowledge') everything = true;
    for (const uri of uris) changed.add(uri);
    knowledge ||= cause === 'knowledge';
    ask();
  });
  return {
    dispose() {
      subscription.dispose();
      ask.dispose();
    },
  };
}

async function push({ connection, service, documents }: PublisherParts, touched: ReadonlySet<string>): Promise<void> {
  for (const uri of touched) {
    const version = documents.get(uri)?.version;
    const diagnostics = service.diagnostics(uri);
    await connection.sendDiagnostics(version === undefined ? { uri, diagnostics } : { uri, version, diagnostics });
  }
}

function asKey(status: Status): string {
  return JSON.stringify(status);
}
