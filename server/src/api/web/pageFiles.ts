/** The files of the service's page, as `npm run build` left them beside the program. They are read once: they are small, and never change. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface PageFile {
  /** The path it is served at. */
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
  /** Of the content, quoted as HTTP wants it. */
  readonly etag: string;
}

/** Where each stands, by its name in `dist/page`, and of what type it is. */
const FILES: readonly (readonly [name: string, path: string, type: string])[] = [
  ['page.html', '/', 'text/html; charset=utf-8'],
  ['page.js', '/page.js', 'text/javascript; charset=utf-8'],
  ['page.css', '/page.css', 'text/css; charset=utf-8'],
  ['page.de.json', '/page.de.json', 'application/json; charset=utf-8'],
  ['icon.svg', '/icon.svg', 'image/svg+xml'],
];

/** Paths that the page is made of. */
export const PAGE_PATHS: readonly string[] = FILES.map(([, at]) => at);

/** @returns null when the page was not built */
export function readPageFiles(folder: string): readonly PageFile[] | null {
  try {
    return FILES.map(([name, at, type]) => {
      const content = readFileSync(path.join(folder, name));
      return { path: at, type, content, etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"` };
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
