/** Consent to send links of this workspace to a remote source: asked once, on the user's own click, remembered for this workspace only. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { consentNotification } from '../../shared/protocol.ts';
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
  readonly withdraw: () => Promise<void>;
}

/** @param memory the workspace's own state: another folder asks anew */
export function createConsent(client: LanguageClient, memory: vscode.Memento): Consent {
  const tell = async () => {
    const asked = remoteSource();
    if (asked === null) return;
    await client.sendNotification(consentNotification, { ...asked, given: memory.get(keyOf(asked), false) });
  };
  const decide = async (given: boolean) => {
    const asked = remoteSource();
    if (asked !== null) await memory.update(keyOf(asked), given ? true : undefined);
    await tell();
  };
  return {
    tell,
    ask: async () => {
      const asked = remoteSource();
      if (asked === null || memory.get(keyOf(asked), false)) return true;
      const allow = vscode.l10n.t('Allow');
      const answer = await vscode.window.showInformationMessage(
        vscode.l10n.t('Send links of this workspace to {0}?', asked.host),
        {
          modal: true,
          detail: vscode.l10n.t(
            'To find backlinks, the URLs that your documents link to, and their domains, are sent to {0}. Never sent: the documents themselves, private and reserved hosts, user names and passwords in URLs, fragments, and parameters that look like secrets.',
            asked.host,
          ),
        },
        allow,
      );
      await decide(answer === allow);
      return answer === allow;
    },
    withdraw: () => decide(false),
  };
}

interface Remote {
  readonly source: string;
  readonly host: string;
}

/** The remote source in use and where it is; null for a local one or an endpoint not yet named. */
function remoteSource(): Remote | null {
  const settings = currentSettings();
  if (settings.source !== 'searchmetrics') return null;
  const host = URL.parse(settings.endpoint)?.host;
  return host === undefined ? null : { source: settings.source, host };
}

function keyOf(remote: Remote): string {
  return `consent:${remote.source}:${remote.host}`;
}
