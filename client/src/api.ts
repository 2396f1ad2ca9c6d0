/** What the extension gives to whoever activates it. */
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ReportPanels } from './report/panels.ts';
import type { Secrets } from './secrets.ts';
import type { StatusItem } from './status.ts';
import type { LinksTree } from './views/linksTree.ts';
import type { ThisPageTree } from './views/thisPageTree.ts';

/** What the host tests and other extensions may use. */
export interface BacklinkLensApi {
  readonly client: LanguageClient;
  /** Resolves when the server runs; rejects with the reason when it cannot. */
  readonly ready: Promise<void>;
  readonly status: StatusItem;
  readonly tree: LinksTree;
  readonly page: ThisPageTree;
  readonly reports: ReportPanels;
  readonly secrets: Secrets;
  /** Milliseconds that `activate` took; the server starts in the background. */
  readonly activatedIn: number;
}
