/**
 * The workspace layer's interface: who links to whom among the files of the open folder. Always on, nothing leaves the machine.
 * Answers come from memory; a folder that is still being read says so (null), it never says zero.
 */
import type { Range } from 'vscode-languageserver-protocol';
import type { Target } from '../../../shared/backlinks.ts';
import type { WorkspaceBacklink } from '../../../shared/protocol.ts';
import type { SiteBuilderId } from '../../../shared/settings.ts';
import type { ScanResult } from '../scan/link.ts';

/** Where a link of a document leads inside the open folder. */
export interface LocalTarget {
  /** The file it leads to; where none exists, the address at which it would be. */
  readonly uri: string;
  /** Path from its folder's root, forward slashes, for people. */
  readonly path: string;
  /** Null while that is not known: still reading, or inside a folder that is not read. */
  readonly exists: boolean | null;
  /** True for a link of a page to itself (`#part`). */
  readonly self: boolean;
  /** True when the link is written relative to its document: only those can be called broken. */
  readonly relative: boolean;
}

/** A page of the folder and how it is reached. */
export interface PageReach {
  /** Links from other pages of the folder. */
  readonly backlinks: readonly WorkspaceBacklink[];
  /** Clicks from the start page; null when it is not reached, or there is no start page. */
  readonly clicks: number | null;
  /** Path of the start page, for people; null when the folder has none. */
  readonly start: string | null;
}

/** Where a page stands on the web, as far as that is known. */
export interface PageSite {
  /** URI of the open folder. */
  readonly folder: string;
  /** Null where files stand at their own paths. */
  readonly builder: SiteBuilderId | null;
  /** The setting, with a slash at its end; null while it is not set. */
  readonly siteUrl: string | null;
  /** The page's own address; null without a `siteUrl`, and for a page that is not published. */
  readonly address: string | null;
  /** What the folder's files say of the site's address, whether it is set or not; `from` is the path of the file that says so. */
  readonly guess: { readonly url: string; readonly from: string; readonly address: string | null } | null;
  /** False for a folder that is not on this machine's disk: only its open documents are known. */
  readonly onDisk: boolean;
}

/** A page of the folder by how much of the folder leads to it. */
export interface StrongPage {
  readonly uri: string;
  /** Pages of the folder that link to it. */
  readonly linkingPages: number;
}

export interface FileChange {
  readonly uri: string;
  readonly kind: 'changed' | 'created' | 'deleted';
}

export interface Workspace {
  /** False when no folder is open: every answer is then empty. */
  readonly hasFolder: boolean;
  /** URIs of the open folders. */
  folders(): readonly string[];
  /** HTML and Markdown files known so far. */
  pages(): number;
  /** True once every folder was read. */
  ready(): boolean;
  /** Resolves when every folder was read; rejects for an abort. */
  whenReady(signal: AbortSignal): Promise<void>;
  /** The address of a file on the web, by the folder's `siteUrl`; null without one. */
  siteAddress(uri: string): string | null;
  /**
   * Every address of a page on the web: the one it is published at, then those that lead to it by its front matter (`aliases`,
   * `redirect_from`). Empty without a `siteUrl`, and for a file that its site builder does not publish.
   */
  addressesOf(uri: string): readonly string[];
  /** The same for a page with this text if it lay at `uri`: one that is about to be moved, or is gone. */
  addressesIf(uri: string, text: string): readonly string[];
  /** URI of the file that stands at an absolute address of a folder's site; null where none does, and for other sites. */
  fileOf(url: string): string | null;
  /** Null for a link that leads out of the folder. */
  resolve(uri: string, link: { readonly url: string; readonly resolved: string | null }, base: string | null): LocalTarget | null;
  /** Null for a file outside every folder. */
  site(uri: string): PageSite | null;
  /**
   * Who links to a file; null while the folder is still being read.
   *
   * @param soFar gives what is known while it is being read; clicks are then unknown
   */
  reach(uri: string, soFar?: boolean): PageReach | null;
  /** How many links of other pages lead to a file; null while the folder is still being read. */
  linkCount(uri: string): number | null;
  /** Pages that no other links to, start pages aside, sorted by path; null while the folder is still being read. */
  orphans(): readonly string[] | null;
  /** Pages of the same folder that do not link to this one, those that most pages link to first; empty while it is still being read. */
  strongest(uri: string): readonly StrongPage[];
  /** Links to a page or domain of the web in the folder's files; null while the folder is still being read, and without one. */
  uses(target: Target): number | null;
  /** URIs of every HTML and Markdown file, sorted by path. */
  files(): readonly string[];
  /** Text of a file as it lies on disk, decoded leniently. Rejects with `input.unreadable`. */
  read(uri: string, signal: AbortSignal): Promise<string>;
  /** Path from its folder's root with forward slashes; the file name outside every folder. */
  pathOf(uri: string): string;
  /** What an open document holds now stands in for the file on disk. */
  setOpen(uri: string, text: string, scan: ScanResult, rangeOf: (start: number, end: number) => Range): void;
  /** The file on disk counts again. */
  setClosed(uri: string): void;
  /** Files changed on disk. */
  changed(changes: readonly FileChange[]): void;
  /** Folders were added or removed, or their settings changed: what is the same is not read again. */
  setFolders(folders: readonly string[]): void;
  /** Backlinks inside the folder changed; coalesced. */
  onDidChange(listener: () => void): { dispose(): void };
  close(): void;
}
