/** The sample that the package carries: both folders of examples/ in one file, which the extension unpacks when somebody asks for it. */
import fs from 'node:fs';
import path from 'node:path';

const FOLDERS = { site: 'examples/site', web: 'examples/web' };

/**
 * Writes the sample: each file as a text of one letter a byte.
 *
 * @param root the folder of the project
 * @param file where to
 */
export function writeSample(root, file) {
  const sample = Object.fromEntries(Object.entries(FOLDERS).map(([name, folder]) => [name, textsBelow(path.join(root, folder))]));
  fs.writeFileSync(file, JSON.stringify(sample));
}

function textsBelow(folder) {
  const names = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  return Object.fromEntries(names.map((name) => [name, textOf(path.join(folder, name))]));
}

/** Byte for byte: some pages of the web are in other encodings than UTF-8, and that is what they are for. */
function textOf(file) {
  return fs.readFileSync(file, 'latin1');
}
