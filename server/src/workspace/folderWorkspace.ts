/** The workspace layer over folders on disk and the documents open in the editor. */
import { readFile } from 'node:fs/promises';
import type { Range } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import type { Target } from '../../../shared/backlinks.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { ScanResult } from '../scan/link.ts';
import { SCANNERS } from '../scan/scanners.ts';
import { createTargetMemo } from '../urls/targetMemo.ts';
import { abortable } from '../util/abortable.ts';
import type { Clock } from '../util/clock.ts';
import { type Coalescer, coalesce } from '../util/coalesce.ts';
import { decodeText } from '../util/decodeText.ts';
import { createEmitter, type Emitter } from '../util/emitter.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { lineIndex } from '../util/lineIndex.ts';
import type { Log } from '../util/log.ts';
import { remember } from '../util/remember.ts';
import { folderOfKey, keyOf, siteAddressOf, toFolder, uriOf, type WorkspaceFolder } from './fileKeys.ts';
import { createFolderSync, type FolderSync } from './folderSync.ts';
import { clicksFrom, createLinkGraph, type LinkGraph, type LocalLink } from './linkGraph.ts';
import { pageLinks, saysTheSame } from './localLinks.ts';
import { baseName, pageKind, START_FILES } from './paths.ts';
import { wantedPath } from './resolveLink.ts';
import type { FileChange, LocalTarget, PageReach, Workspace } from './workspace.ts';

export interface WorkspaceParts {
  /** The settings that this layer needs, for a folder's URI. */
  readonly settings: (folder: string) => Pick<Settings, 'siteUrl' | 'maxDocumentSize' | 'wikiLinks'>;
  readonly log: Log;
  readonly clock: Clock;
}

type RangeOf = (start: number, end: number) => Range;

/** URIs and files of which both forms are remembered. */
const REMEMBERED = 50_000;

/** Changes are told to listeners at most this often, in milliseconds. */
const QUIET = 50;

/**
 * Begins to read the folders at once.
 *
 * @param folderUris URIs of the open folders; those that are on no disk are known by their open documents alone
 */
export function createWorkspace(folderUris: readonly string[], parts: WorkspaceParts): Workspace {
  return new FolderWorkspace(folderUris, parts);
}

class FolderWorkspace implements Workspace {
  readonly #parts: WorkspaceParts;
  readonly #graph: LinkGraph = createLinkGraph();
  readonly #targetsOf = createTargetMemo();
  /** A page's links are resolved together: the same URIs and files over and over. */
  readonly #keyOf = remember(keyOf, REMEMBERED);
  #uriOf = remember((key) => this.#makeUri(key), REMEMBERED);
  readonly #skipped = new Set<string>();
  readonly #open = new Map<string, { readonly scan: ScanResult; readonly rangeOf: RangeOf }>();
  readonly #emitter: Emitter<void>;
  readonly #tell: Coalescer;
  readonly #sync: FolderSync;
  #folders: readonly WorkspaceFolder[] = [];
  #read = false;
  /** Folders and the settings that reading them depends on. */
  #readFrom = '';
  /** Start page -> clicks to every page; emptied by every change. */
  readonly #clicks = new Map<string, ReadonlyMap<string, number>>();

  constructor(folderUris: readonly string[], parts: WorkspaceParts) {
    this.#parts = parts;
    this.#emitter = createEmitter<void>((error) => parts.log.error(String(error)));
    this.#tell = coalesce(() => this.#emitter.emit(), QUIET, parts.clock);
    this.#sync = createFolderSync({
      graph: this.#graph,
      folders: () => this.#folders,
      skipped: this.#skipped,
      setPage: (key, folder, text) => this.#setPage(key, folder, text),
      putOpen: (key) => this.#putOpen(key),
      maxBytes: (folder) => parts.settings(folder.uri.toString()).maxDocumentSize * 1_000_000,
      onChange: () => this.#changed(),
      log: parts.log,
    });
    this.setFolders(folderUris);
  }

  get hasFolder(): boolean {
    return this.#folders.length > 0;
  }

  pages(): number {
    return this.#graph.pageCount();
  }

  ready(): boolean {
    return this.#read;
  }

  async whenReady(signal: AbortSignal): Promise<void> {
    await abortable(this.#sync.whenIdle(), signal);
  }

  siteAddress(uri: string): string | null {
    const key = this.#keyOf(uri);
    const folder = folderOfKey(key, this.#folders);
    return folder === null ? null : siteAddressOf(key, folder);
  }

  addressesOf(uri: string): readonly string[] {
    const address = this.siteAddress(uri);
    return address === null ? [] : [address];
  }

  addressesIf(uri: string, _text: string): readonly string[] {
    return this.addressesOf(uri);
  }

  fileOf(url: string): string | null {
    for (const folder of this.#folders) {
      const wanted = wantedPath(folder.path, folder, { url, resolved: url }, null);
      const file = wanted === null ? null : this.#graph.find(wanted.path);
      if (file !== null && this.#graph.hasFile(file)) return this.#uriOf(file);
    }
    return null;
  }

  resolve(uri: string, link: { readonly url: string; readonly resolved: string | null }, base: string | null): LocalTarget | null {
    const document = this.#keyOf(uri);
    const home = folderOfKey(document, this.#folders);
    const wanted = home === null ? null : wantedPath(document, home, link, base);
    if (wanted === null) return null;
    const found = this.#graph.find(wanted.path);
    const file = found ?? wanted.path;
    const folder = folderOfKey(`${file}/`, this.#folders);
    if (folder === null) return null;
    return {
      uri: this.#uriOf(file),
      path: file.slice(folder.path.length) || '/',
      exists: found !== null || wanted.self ? true : this.#knowsAll(wanted.path) ? false : null,
      self: wanted.self || file === document,
      relative: wanted.relative,
    };
  }

  reach(uri: string): PageReach | null {
    if (!this.#read) return null;
    const key = this.#keyOf(uri);
    const folder = folderOfKey(key, this.#folders);
    if (folder === null) return { backlinks: [], clicks: null, start: null };
    const start = START_FILES.map((name) => folder.path + name).find((file) => this.#graph.hasPage(file));
    return {
      backlinks: this.#graph.incoming(key).map(({ file, link }) => this.#toBacklink(file, link)),
      clicks: start === undefined ? null : (this.#clicksFrom(start).get(key) ?? null),
      start: start === undefined ? null : start.slice(folder.path.length),
    };
  }

  uses(target: Target): number | null {
    return this.#read && this.hasFolder ? this.#graph.uses(target.id) : null;
  }

  files(): readonly string[] {
    return [...this.#graph.pages()].sort().map((key) => this.#uriOf(key));
  }

  async read(uri: string, signal: AbortSignal): Promise<string> {
    try {
      return decodeText(await readFile(URI.parse(uri).fsPath, { signal }));
    } catch (cause) {
      signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new BacklinkLensError('input.unreadable', `Could not read ${this.pathOf(uri)}: ${reason}. Check that it is there and may be read.`, {
        cause,
      });
    }
  }

  pathOf(uri: string): string {
    const key = this.#keyOf(uri);
    const folder = folderOfKey(key, this.#folders);
    return folder === null ? baseName(key) : key.slice(folder.path.length);
  }

  setOpen(uri: string, scan: ScanResult, rangeOf: RangeOf): void {
    const key = this.#keyOf(uri);
    const folder = folderOfKey(key, this.#folders);
    this.#open.set(key, { scan, rangeOf });
    if (folder === null) return;
    const before = this.#graph.linksOf(key);
    const after = pageLinks(key, folder, scan, rangeOf, this.#targetsOf);
    this.#graph.setPage(key, after);
    if (before === null || !saysTheSame(before, after)) this.#changed();
  }

  setClosed(uri: string): void {
    const key = this.#keyOf(uri);
    if (this.#open.delete(key)) this.#sync.reread(key);
  }

  changed(changes: readonly FileChange[]): void {
    this.#sync.apply(changes);
  }

  setFolders(uris: readonly string[]): void {
    const readFrom = JSON.stringify(uris.map((uri) => ({ uri, ...this.#readingSettings(uri) })));
    if (readFrom === this.#readFrom) return;
    this.#readFrom = readFrom;
    this.#uriOf = remember((key) => this.#makeUri(key), REMEMBERED);
    this.#sync.stop();
    this.#graph.clear();
    this.#skipped.clear();
    this.#folders = uris.map((uri) => toFolder(uri, this.#parts.settings(uri)));
    this.#read = this.#folders.length === 0;
    for (const folder of this.#folders) this.#sync.readAll(folder);
    for (const [key, { scan, rangeOf }] of this.#open) {
      const folder = folderOfKey(key, this.#folders);
      if (folder !== null) this.#graph.setPage(key, pageLinks(key, folder, scan, rangeOf, this.#targetsOf));
    }
    this.#changed();
  }

  onDidChange(listener: () => void): { dispose(): void } {
    return this.#emitter.on(listener);
  }

  close(): void {
    this.#tell.dispose();
    this.#sync.stop();
  }

  #readingSettings(uri: string): Pick<Settings, 'siteUrl' | 'maxDocumentSize' | 'wikiLinks'> {
    const { siteUrl, maxDocumentSize, wikiLinks } = this.#parts.settings(uri);
    return { siteUrl, maxDocumentSize, wikiLinks };
  }

  #changed(): void {
    this.#clicks.clear();
    this.#read ||= this.#sync.idle();
    this.#tell();
  }

  #setPage(key: string, folder: WorkspaceFolder, text: string | null): void {
    const at = lineIndex(text ?? '');
    const scan = SCANNERS[pageKind(key) ?? 'html'];
    const rangeOf = (start: number, end: number) => ({ start: at(start), end: at(end) });
    this.#graph.setPage(
      key,
      text === null ? { local: [], web: [] } : pageLinks(key, folder, scan(text, { wikiLinks: folder.wikiLinks }), rangeOf, this.#targetsOf),
    );
    this.#clicks.clear();
  }

  /** A file that was deleted and comes back may still be open: its links are those of the document. */
  #putOpen(key: string): boolean {
    const open = this.#open.get(key);
    if (open === undefined) return false;
    const folder = folderOfKey(key, this.#folders);
    if (folder !== null && !this.#graph.hasPage(key)) this.#graph.setPage(key, pageLinks(key, folder, open.scan, open.rangeOf, this.#targetsOf));
    return true;
  }

  #clicksFrom(start: string): ReadonlyMap<string, number> {
    const known = this.#clicks.get(start) ?? clicksFrom(this.#graph, start);
    this.#clicks.set(start, known);
    return known;
  }

  /** False while reading, and inside folders that are not read. */
  #knowsAll(path: string): boolean {
    if (!this.#read || folderOfKey(path, this.#folders)?.disk == null) return false;
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) if (this.#skipped.has(path.slice(0, end))) return false;
    return true;
  }

  #makeUri(key: string): string {
    const folder = folderOfKey(key, this.#folders);
    return folder === null ? URI.file(key).toString() : uriOf(key, folder);
  }

  #toBacklink(file: string, link: LocalLink) {
    const [startLine, startCharacter, endLine, endCharacter] = link.range;
    const range = { start: { line: startLine, character: startCharacter }, end: { line: endLine, character: endCharacter } };
    return { uri: this.#uriOf(file), range, text: link.text };
  }
}
