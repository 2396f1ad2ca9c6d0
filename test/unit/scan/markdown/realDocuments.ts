/** The READMEs and CHANGELOGs of the installed packages: Markdown as people write it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../../../node_modules');

export interface RealDocument {
  readonly file: string;
  readonly text: string;
}

/** Every one, in the order of its path. A byte order mark is taken off: micromark does not count it. */
export function realDocuments(): RealDocument[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?:^|[\\/])(?:readme|changelog)[^\\/]*\.(?:md|markdown)$/i.test(name),
  );
  return names.sort().map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8').replace(/^\uFEFF/, '') }));
}
