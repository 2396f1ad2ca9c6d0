/** The files of a web graph: which is which by its content, and what its companions are called. */

const VERTEX = /^\d+\t[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?:\t\d+)?\r?$/i;
const EDGE = /^\d+\t\d+\r?$/;
const LOOKED = 20;

export function beginsEdges(text: string): boolean {
  return firstLinesAre(text, EDGE);
}

export function beginsVertices(text: string): boolean {
  return firstLinesAre(text, VERTEX) && !beginsEdges(text);
}

/** The last of the lines may be cut. */
function firstLinesAre(text: string, form: RegExp): boolean {
  const lines = text
    .slice(0, 4000)
    .split('\n', LOOKED + 1)
    .slice(0, -1);
  return lines.length > 0 && lines.every((line) => form.test(line));
}

/**
 * The name of a companion of the edges: `…-domain-vertices.txt.gz` of `…-domain-edges.txt.gz`.
 *
 * @returns null where the name of the edges does not say which it is
 */
export function companionOf(edges: string, kind: 'vertices' | 'ranks'): string | null {
  const at = edges.lastIndexOf('edges');
  return at < 0 ? null : `${edges.slice(0, at)}${kind}${edges.slice(at + 'edges'.length)}`;
}
