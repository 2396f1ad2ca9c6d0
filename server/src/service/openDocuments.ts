/** Every open document with its present scan; scanning happens when somebody asks, once per version. */
import type { DocumentText } from '../service.ts';
import { type ScannedDocument, type ScanParts, scanDocument, viewLinks } from './documents.ts';
import { followEdits, type ScanText } from './followEdits.ts';

export interface OpenDocuments {
  set(document: DocumentText): void;
  remove(uri: string): void;
  text(uri: string): DocumentText | null;
  /** The scan of the present version; null for a document that is not open. */
  scanned(uri: string): ScannedDocument | null;
  uris(): IterableIterator<string>;
  /** What links lead to may have changed. */
  folderChanged(): void;
  /** Settings changed: everything is scanned again. */
  settingsChanged(): void;
}

interface Entry {
  readonly document: DocumentText;
  readonly scanText: ScanText;
  scanned: ScannedDocument | null;
  viewsAreOld: boolean;
}

/** @param onScan told of every new scan, so that the folder and the look-ups follow */
export function createOpenDocuments(parts: ScanParts, onScan: (scanned: ScannedDocument) => void): OpenDocuments {
  const entries = new Map<string, Entry>();
  const scan = (entry: Entry): ScannedDocument => {
    const scanned = scanDocument(entry.document, parts, entry.scanText);
    entry.scanned = scanned;
    entry.viewsAreOld = false;
    onScan(scanned);
    return scanned;
  };
  const viewAgain = (entry: Entry, scanned: ScannedDocument): ScannedDocument => {
    entry.scanned = { ...scanned, links: viewLinks(scanned, parts) };
    entry.viewsAreOld = false;
    return entry.scanned;
  };
  return {
    set(document) {
      const scanText = entries.get(document.uri)?.scanText ?? followEdits();
      entries.set(document.uri, { document, scanText, scanned: null, viewsAreOld: false });
    },
    remove: (uri) => void entries.delete(uri),
    text: (uri) => entries.get(uri)?.document ?? null,
    scanned(uri) {
      const entry = entries.get(uri);
      if (entry === undefined) return null;
      if (entry.scanned === null) return scan(entry);
      return entry.viewsAreOld ? viewAgain(entry, entry.scanned) : entry.scanned;
    },
    uris: () => entries.keys(),
    folderChanged() {
      for (const entry of entries.values()) entry.viewsAreOld = true;
    },
    settingsChanged() {
      for (const entry of entries.values()) entry.scanned = null;
    },
  };
}
