/** Files that are about to be renamed, moved or deleted: our own request for the editor that shows what it is told, the standard ones for all others. */
import * as l10n from '@vscode/l10n';
import type { CancellationToken, Connection, FileOperationOptions, WorkspaceEdit } from 'vscode-languageserver';
import type { MoveOrder } from '../../../shared/moves.ts';
import { type MoveEdits, moveRequest } from '../../../shared/protocol.ts';
import { REDIRECT } from '../service/moves/mergeEdits.ts';
import type { BacklinkService } from '../service.ts';
import type { ClientTraits } from './clientTraits.ts';
import type { Runner } from './runner.ts';

/** Any file: a folder is told as itself alone, whatever pages it holds. */
const ANYTHING = { filters: [{ pattern: { glob: '**/*' } }] };

export const FILE_OPERATIONS: FileOperationOptions = { willRename: ANYTHING, willDelete: ANYTHING };

export interface MoveParts {
  readonly connection: Connection;
  readonly service: BacklinkService;
  readonly traits: ClientTraits;
  readonly run: Runner;
}

export function wireMoves({ connection, service, traits, run }: MoveParts): void {
  connection.onRequest(moveRequest, async (order, token) => run('move', token, NOTHING, (signal) => service.adviseMove(order, signal)));
  const edit = async (order: MoveOrder, token: CancellationToken) =>
    run('move', token, null, async (signal) => editOf(await service.adviseMove(order, signal), traits));
  connection.workspace.onWillRenameFiles(async ({ files }, token) =>
    edit({ files: files.map(({ oldUri, newUri }) => ({ from: oldUri, to: newUri })) }, token),
  );
  connection.workspace.onWillDeleteFiles(async ({ files }, token) => edit({ files: files.map(({ uri }) => ({ from: uri, to: null })) }, token));
}

const NOTHING: MoveEdits = {
  ...{ pages: 0, page: '', address: null, backlinks: null, domains: null, folderLinks: 0 },
  ...{ redirect: null, onMove: 'never', links: null, linkEdits: 0, unread: 0, redirects: null },
};

/** An editor that knows of annotations shows the redirect before it writes it; another gets what the settings ask for. */
function editOf({ links, redirects, onMove, backlinks }: MoveEdits, { annotatesChanges, createsFiles }: ClientTraits): WorkspaceEdit | null {
  const wanted = redirects !== null && createsFiles && (onMove === 'always' || annotatesChanges) ? redirects : null;
  if (wanted === null) return links;
  if (!annotatesChanges) return { documentChanges: (wanted.documentChanges ?? []).map(plain) };
  const label = backlinks === null || backlinks === 0 ? l10n.t('Redirect') : l10n.t('Redirect for {0} backlinks', backlinks);
  return { ...wanted, changeAnnotations: { [REDIRECT]: { label, needsConfirmation: onMove === 'prompt' } } };
}

/** Without what the editor has no notion of. */
function plain(change: NonNullable<WorkspaceEdit['documentChanges']>[number]): typeof change {
  if (!('textDocument' in change)) return change;
  return {
    ...change,
    edits: change.edits.map((edit) => ('annotationId' in edit ? { range: edit.range, newText: 'newText' in edit ? edit.newText : '' } : edit)),
  };
}
