/** The workspace layer over folders on disk and the documents open in the editor. */
import { URI } from 'vscode-uri';
import type { Target } from '../../../shared/backlinks.ts';
import type { ScanResult } from '../scan/link.ts';
import { abortable } from '../util/abortable.ts';
import type { Clock } from '../util/clock.ts';
import { type Coalescer, coalesce } from '../util/coalesce.ts';
import { createEmitter, type Emitter } from '../util/emitter.ts';
import type { Log } from '../util/log.ts';
import { remember } from '../util/remember.ts';
import { alonePages, clicksFrom, linkingPages, strongPages } from './clicks.ts';
import { compareFolders, type FolderSettings, folderOfKey, keyOf, readingKey, siteUrlOf, toFolder, uriOf, type WorkspaceFolder } from './fileKeys.ts';
import { createFolderSync, type FolderSync } from './folderSync.ts';
import { createKeeper, KEEPS_NOTHING, type PageKeeper } from './keeper.ts';
import type { LocalLink } from './linkGraph.ts';
import type { RangeOf } from './localLinks.ts';
import { pageSite, webAddresses } from './pageSite.ts';
import { createPages, type Pages } from './pages.ts';
import { baseName, START_FILES } from './paths.ts';
import { publish } from './publish.ts';
import { readText } from './readFolder.ts';
import { keysOf, wantedPath } from './resolveLink.ts';
import { readSite, tellsOfSite } from './site/readSite.ts';
import { siteKey } from './siteKey.ts';
import type { FileChange, LocalTarget, PageReach, PageSite, StrongPage, Workspace } from './workspace.ts';

export interface WorkspaceParts {
  /** The settings that this layer needs, for a folder's URI. */
  readonly settings: (folder: string) => FolderSettings;
  /** Folder of our own where what was read outlives this process; absent: nothing does. */
  readonly storage?: string | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

/** URIs and files of which both forms are remembered. */
const REMEMBERED = 10_000;

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

interface OpenPage {
  readonly text: string;
  readonly scan: ScanResult;
  readonly rangeOf: RangeOf;
}

class FolderWorkspace implements Workspace {
  readonly #parts: WorkspaceParts;
  readonly #pages: Pages = createPages();
  readonly #keyOf = remember(keyOf, REMEMBERED);
  #uriOf = remember((key) => this.#makeUri(key), REMEMBERED);
  readonly #skipped = new Set<string>();
  readonly #open = new Map<string, OpenPage>();
  readonly #emitter: Emitter<void>;
  readonly #tell: Coalescer;
  readonly #keeper: PageKeeper;
  readonly #sync: FolderSync;
  #folders: readonly WorkspaceFolder[] = [];
  #read = false;
  /** Start page -> clicks to every page; emptied by every change, as is the next. */
  readonly #clicks = new Map<string, ReadonlyMap<string, number>>();
  #linking: ReadonlyMap<string, number> | null = null;

  constructor(folderUris: readonly string[], parts: WorkspaceParts) {
    this.#parts = parts;
    const { storage, clock, log } = parts;
    this.#emitter = createEmitter<void>((error) => log.error(String(error)));
    this.#tell = coalesce(() => this.#emitter.emit(), QUIET, clock);
    const keeping = { pages: this.#pages, folders: () => this.#folders, busy: () => !this.#sync.idle(), clock, log };
    this.#keeper = storage === undefined || storage === '' ? KEEPS_NOTHING : createKeeper({ folder: storage, ...keeping });
    this.#sync = createFolderSync({
      pages: this.#pages,
      folders: () => this.#folders,
      skipped: this.#skipped,
      putOpen: (key) => this.#putOpen(key),
      settle: async (folder, signal) => this.#settle(folder, signal),
      tellsOfSite,
      keeper: this.#keeper,
      onChange: () => this.#changed(),
      log,
    });
    this.setFolders(folderUris);
  }

  readonly folders = (): readonly string[] => this.#folders.map(({ uri }) => uri.toString());
  get hasFolder(): boolean {
    return this.#folders.length > 0;
  }

  pages(): number {
    return this.#pages.graph.pageCount();
  }

  ready(): boolean {
    return this.#read;
  }

  async whenReady(signal: AbortSignal): Promise<void> {
    await abortable(this.#sync.whenIdle(), signal);
  }

  siteAddress(uri: string): string | null {
    const place = this.#placeOf(uri);
    return place === null ? null : siteUrlOf(this.#pages.publishedAt(place.key, place.folder).path, place.folder);
  }

  addressesOf(uri: string): readonly string[] {
    const place = this.#placeOf(uri);
    return place === null ? [] : webAddresses(this.#pages.publishedAt(place.key, place.folder), place.folder);
  }

  addressesIf(uri: string, text: string): readonly string[] {
    const place = this.#placeOf(uri);
    return place === null ? [] : webAddresses(publish(place.key, place.folder, text), place.folder);
  }

  fileOf(url: string): string | null {
    for (const folder of this.#folders) {
      const wanted = wantedPath(folder.path, folder, { url, resolved: url }, null);
      const keys = wanted === null ? null : keysOf(wanted, folder);
      const file = keys === null ? null : this.#pages.graph.find(keys.wanted, keys.or);
      if (file !== null && this.#pages.graph.hasFile(file)) return this.#uriOf(file);
    }
    return null;
  }

  site(uri: string): PageSite | null {
    const place = this.#placeOf(uri);
    if (place === null) return null;
    return pageSite(place.key, place.folder, this.#pages);
  }

  resolve(uri: string, link: { readonly url: string; readonly resolved: string | null }, base: string | null): LocalTarget | null {
    const place = this.#placeOf(uri);
    if (place === null) return null;
    const { key: document, folder: home } = place;
    const wanted = wantedPath(document, home, link, base, home.hasBuilder === true ? this.#pages.publishedAt(document, home).path : null);
    if (wanted === null) return null;
    const keys = keysOf(wanted, home);
    const found = this.#pages.graph.find(keys.wanted, keys.or);
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

  reach(uri: string, soFar = false): PageReach | null {
    if (!this.#read && !soFar) return null;
    const place = this.#placeOf(uri);
    if (place === null) return { backlinks: [], clicks: null, start: null };
    const { key, folder } = place;
    const start = this.#read ? this.#startOf(folder) : null;
    return {
      backlinks: this.#pages.graph.incoming(key).map(({ file, link }) => this.#toBacklink(file, link)),
      clicks: start === null ? null : (this.#clicksFrom(start).get(key) ?? null),
      start: start === null ? null : start.slice(folder.path.length),
    };
  }

  linkCount(uri: string): number | null {
    return this.#read ? this.#pages.graph.incomingCount(this.#keyOf(uri)) : null;
  }

  orphans(): readonly string[] | null {
    if (!this.#read) return null;
    const starts = new Set(this.#folders.map((folder) => this.#startOf(folder)));
    return alonePages(this.#pages.graph, this.#linkingPages(), starts).map((key) => this.#uriOf(key));
  }

  strongest(uri: string): readonly StrongPage[] {
    const place = this.#placeOf(uri);
    if (place === null || !this.#read) return [];
    const isBeside = (key: string) => folderOfKey(key, this.#folders)?.path === place.folder.path;
    return strongPages(this.#pages.graph, place.key, this.#linkingPages(), isBeside).map(({ key, linking }) => ({
      uri: this.#uriOf(key),
      linkingPages: linking,
    }));
  }

  uses(target: Target): number | null {
    return this.#read && this.hasFolder ? this.#pages.graph.uses(target.id) : null;
  }

  files(): readonly string[] {
    return [...this.#pages.graph.pages()].sort().map((key) => this.#uriOf(key));
  }

  async read(uri: string, signal: AbortSignal): Promise<string> {
    return readText(URI.parse(uri).fsPath, this.pathOf(uri), signal);
  }

  pathOf(uri: string): string {
    const key = this.#keyOf(uri);
    const folder = folderOfKey(key, this.#folders);
    return folder === null ? baseName(key) : key.slice(folder.path.length);
  }

  setOpen(uri: string, text: string, scan: ScanResult, rangeOf: RangeOf): void {
    const key = this.#keyOf(uri);
    const folder = folderOfKey(key, this.#folders);
    this.#open.set(key, { text, scan, rangeOf });
    if (folder !== null && this.#pages.setOpen(key, folder, text, scan, rangeOf)) this.#changed();
  }

  setClosed(uri: string): void {
    const key = this.#keyOf(uri);
    if (this.#open.delete(key)) this.#sync.reread(key);
  }

  changed(changes: readonly FileChange[]): void {
    this.#sync.apply(changes);
  }

  setFolders(uris: readonly string[]): void {
    const before = new Map(this.#folders.map((folder) => [folder.uri.toString(), folder]));
    const next = uris.map((uri) => toFolder(uri, this.#parts.settings(uri), before.get(URI.parse(uri).toString())?.found));
    const { gone, fresh, nested } = compareFolders(this.#folders, next);
    this.#folders = next;
    this.#uriOf = remember((key) => this.#makeUri(key), REMEMBERED);
    if (gone.length === 0 && fresh.length === 0) {
      if (before.size === 0) this.#read = next.length === 0;
      // The address alone may be another: nothing is read for that.
      this.#changed();
      return;
    }
    // Folders that lie in one another, and reading that is half done, are begun anew.
    if (nested || !this.#sync.idle()) this.#readAnew(next);
    else this.#readSome(gone, fresh);
    this.#changed();
  }

  onDidChange(listener: () => void): { dispose(): void } {
    return this.#emitter.on(listener);
  }

  close(): void {
    this.#tell.dispose();
    this.#keeper.dispose();
    this.#sync.stop();
  }

  #readAnew(folders: readonly WorkspaceFolder[]): void {
    this.#sync.stop();
    this.#pages.clear();
    this.#skipped.clear();
    this.#readSome([], folders);
  }

  #readSome(gone: readonly WorkspaceFolder[], fresh: readonly WorkspaceFolder[]): void {
    for (const { path } of gone) {
      this.#pages.remove(path.slice(0, -1));
      for (const key of this.#skipped) if (key.startsWith(path)) this.#skipped.delete(key);
    }
    this.#read = fresh.length === 0;
    for (const folder of fresh) this.#sync.readAll(folder);
    for (const key of this.#open.keys()) this.#putOpen(key);
  }

  /** What the folder's files tell of its site: where that changes how links are read, all of it is read again. */
  async #settle({ path }: WorkspaceFolder, signal: AbortSignal): Promise<WorkspaceFolder> {
    const folder = this.#folders.find((one) => one.path === path);
    if (folder?.disk == null) throw new DOMException('The folder was closed.', 'AbortError');
    const found = await readSite(folder.disk, folder.settings.siteBuilder, signal);
    signal.throwIfAborted();
    const settled = toFolder(folder.uri.toString(), folder.settings, found);
    this.#folders = this.#folders.map((one) => (one.path === path ? settled : one));
    if (readingKey(settled) === readingKey(folder)) return settled;
    const hadPages = [...this.#pages.graph.pages()].some((key) => key.startsWith(path) && !this.#open.has(key));
    this.#pages.remove(path.slice(0, -1));
    for (const key of this.#open.keys()) this.#putOpen(key);
    if (hadPages) this.#sync.readAll(settled);
    return settled;
  }

  #changed(): void {
    this.#clicks.clear();
    this.#linking = null;
    this.#read ||= this.#sync.idle();
    this.#tell();
  }

  #placeOf(uri: string): { readonly key: string; readonly folder: WorkspaceFolder } | null {
    const key = this.#keyOf(uri);
    const folder = folderOfKey(key, this.#folders);
    return folder === null ? null : { key, folder };
  }

  /** A file that was deleted and comes back may still be open: its links are those of the document. */
  #putOpen(key: string): boolean {
    const open = this.#open.get(key);
    if (open === undefined) return false;
    const folder = folderOfKey(key, this.#folders);
    if (folder !== null && !this.#pages.graph.hasPage(key)) this.#pages.setOpen(key, folder, open.text, open.scan, open.rangeOf);
    return true;
  }

  /** The page at the site's own address, or else the most telling name in its folder. */
  #startOf(folder: WorkspaceFolder): string | null {
    const { graph } = this.#pages;
    const home = folder.hasBuilder === true ? graph.find(siteKey(folder.path, '')) : null;
    if (home !== null && graph.hasPage(home)) return home;
    const root = folder.path + (folder.found.site?.root ?? '');
    return START_FILES.map((name) => root + name).find((file) => graph.hasPage(file)) ?? null;
  }

  #clicksFrom(start: string): ReadonlyMap<string, number> {
    const known = this.#clicks.get(start) ?? clicksFrom(this.#pages.graph, start);
    this.#clicks.set(start, known);
    return known;
  }

  #linkingPages(): ReadonlyMap<string, number> {
    this.#linking ??= linkingPages(this.#pages.graph);
    return this.#linking;
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
