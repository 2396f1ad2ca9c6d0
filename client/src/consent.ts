/** Consent to send links of this workspace to a remote source: asked once, on the user's own click, remembered for this workspace only. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { hostAsked } from '../../shared/destination.ts';
import { consentNotification } from '../../shared/protocol.ts';
import { SOURCE_IDS, SOURCES, type SourceId } from '../../shared/sources.ts';
import { currentSettings } from './configuration.ts';

export interface Consent {
  /** Tells the server what was decided before; for after every start and change of source. */
  readonly tell: () => Promise<void>;
  /**
   * Asks unless it was given already. A local source needs none.
   *
   * @returns true when look-ups may go on
   */
  readonly ask: () => Promise<boolean>;
  /** True when look-ups may go on without a question: it was given, or none is needed. */
  readonly given: () => boolean;
  /** Takes back all that was given for this workspace. Gives the hosts that it was given for. */
  readonly withdraw: () => Promise<readonly string[]>;
}

/** @param memory the workspace's own state: another folder asks anew */
export function createConsent(client: LanguageClient, memory: vscode.Memento): Consent {
  const notify = (remote: Remote, given: boolean) => client.sendNotification(consentNotification, { ...remote, given });
  const tell = async () => {
    const remote = remoteSource();
    if (remote !== null) await notify(remote, memory.get(keyOf(remote), false));
  };
  const given = () => {
    const remote = remoteSource();
    return remote === null || memory.get(keyOf(remote), false);
  };
  return {
    tell,
    given,
    ask: async () => {
      const remote = remoteSource();
      if (remote === null || memory.get(keyOf(remote), false)) return true;
      const allow = vscode.l10n.t('Allow');
      const options = { modal: true, detail: whatIsSent(remote) };
      const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Send links of this workspace to {0}?', remote.host), options, allow);
      await memory.update(keyOf(remote), answer === allow ? true : undefined);
      await tell();
      return answer === allow;
    },
    withdraw: async () => {
      const given = memory.keys().flatMap((key) => remoteOf(key) ?? []);
      for (const remote of given) {
        await memory.update(keyOf(remote), undefined);
        if (client.isRunning()) await notify(remote, false);
      }
      return [...new Set(given.map(({ host }) => host))];
    },
  };
}

interface Remote {
  readonly source: SourceId;
  readonly host: string;
}

/** One sentence on what goes where, one on what never does. */
function whatIsSent({ source, host }: Remote): string {
  const domains = source === 'openpagerank';
  const sent = domains
    ? vscode.l10n.t('To find out how strong they are, the domains that your documents link to are sent to {0}.', host)
    : vscode.l10n.t('To find backlinks, the URLs that your documents link to, and their domains, are sent to {0}.', host);
  const never = vscode.l10n.t(
    'Never sent: the documents themselves, private and reserved hosts, user names and passwords in URLs, fragments, and parameters that look like secrets.',
  );
  return `${sent} ${never}`;
}

/** The remote source in use and where it is; null for a local one, one on this machine and an endpoint not yet named. */
function remoteSource(): Remote | null {
  const settings = currentSettings();
  const host = hostAsked(settings);
  return host === null ? null : { source: settings.source, host };
}

function keyOf({ source, host }: Remote): string {
  return `consent:${source}:${host}`;
}

function remoteOf(key: string): Remote | null {
  const [, id, host] = /^consent:([a-z]+):(.+)$/.exec(key) ?? [];
  const source = SOURCE_IDS.find((known) => known === id);
  return source === undefined || host === undefined || SOURCES[source].needs === 'file' ? null : { source, host };
}
