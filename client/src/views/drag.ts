/** Dragging out of the tree: addresses into any editor. Dropping onto it: exports of backlink tools, which become or join an index. */
import * as vscode from 'vscode';
import type { TreeNode } from './nodes.ts';
import { titleOf, urlOf } from './nodeText.ts';

/** What our own drop into a document reads: addresses with their titles. */
export const LINKS_MIME = 'application/vnd.backlink-lens.links';
const URI_LIST = 'text/uri-list';

/** A file that was dropped: where it is, or what is in it where it has no place on this machine. */
export type DroppedFile = { readonly path: string } | { readonly name: string; readonly data: () => Thenable<Uint8Array> };
export type ExportTaker = (files: readonly DroppedFile[]) => Promise<void>;

export interface DraggedLink {
  readonly url: string;
  readonly title: string;
}

export function linksDragAndDrop(take: ExportTaker): vscode.TreeDragAndDropController<TreeNode> {
  return {
    // Without a list of resources among them the editor takes the drop into its text, and does not open a page.
    dragMimeTypes: ['text/plain', LINKS_MIME],
    dropMimeTypes: [URI_LIST, 'files'],
    handleDrag: (nodes, transfer) => {
      const links: DraggedLink[] = nodes.flatMap((node) => {
        const url = urlOf(node);
        return url === null ? [] : [{ url, title: titleOf(node) }];
      });
      if (links.length === 0) return;
      transfer.set('text/plain', new vscode.DataTransferItem(links.map(({ url }) => url).join('\n')));
      transfer.set(LINKS_MIME, new vscode.DataTransferItem(JSON.stringify(links)));
    },
    handleDrop: async (_target, transfer) => {
      const files = await droppedFiles(transfer);
      if (files.length > 0) await take(files);
    },
  };
}

/** Files from outside and from the editor's own explorer, each once. */
async function droppedFiles(transfer: vscode.DataTransfer): Promise<DroppedFile[]> {
  const files: DroppedFile[] = [];
  const paths = new Set<string>();
  const addPath = (uri: vscode.Uri) => {
    if (uri.scheme !== 'file' || paths.has(uri.fsPath)) return;
    paths.add(uri.fsPath);
    files.push({ path: uri.fsPath });
  };
  const list = await transfer.get(URI_LIST)?.asString();
  for (const line of (list ?? '').split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    addPath(vscode.Uri.parse(line));
  }
  for (const [, item] of transfer) {
    const file = item.asFile();
    if (file === undefined) continue;
    if (file.uri?.scheme === 'file') addPath(file.uri);
    else if (paths.size === 0) files.push({ name: file.name, data: () => file.data() });
  }
  return files;
}
