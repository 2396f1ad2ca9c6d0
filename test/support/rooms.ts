/** The server's rooms and the rooms that each may import. Leaves (`urls`, `util`) and its own files are open to every room. */

const LEAVES = ['urls', 'util'];

/** Everything a composition root may put together. */
const PARTS = [
  'scan',
  'facts',
  'source',
  'sources',
  'folder',
  'workspace',
  'store',
  'linkIndex',
  'ingest',
  'api',
  'features',
  'redirects',
  'report',
  'http',
  ...LEAVES,
];

/** Room to the rooms below it. */
export const ROOMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['util', []],
  ['urls', ['util']],
  ['scan', LEAVES],
  ['source', LEAVES],
  ['store', LEAVES],
  ['http', LEAVES],
  ['sources', ['source', 'store', 'linkIndex', 'http', ...LEAVES]],
  ['facts', ['source', ...LEAVES]],
  ['folder', ['scan', ...LEAVES]],
  ['redirects', LEAVES],
  ['workspace', ['folder', 'scan', ...LEAVES]],
  ['linkIndex', ['store', ...LEAVES]],
  ['ingest', ['scan', 'store', 'linkIndex', 'http', ...LEAVES]],
  ['api', ['store', ...LEAVES]],
  ['features', ['facts', 'source', 'folder', 'scan', 'redirects', ...LEAVES]],
  ['report', ['facts', 'source', 'folder', 'scan', 'features', ...LEAVES]],
  ['service', ['features', 'report', 'facts', 'source', 'folder', 'workspace', 'scan', 'redirects', ...LEAVES]],
  ['lsp', ['service', 'facts', 'source', 'sources', 'folder', 'features', 'ingest', ...LEAVES]],
  ['server', ['lsp', 'service', ...LEAVES]],
  ['assemble', ['server', 'lsp', 'service', ...PARTS]],
  ['main', ['server', 'assemble', 'service', ...LEAVES]],
  ['commands', ['main', 'server', 'assemble', 'service', ...PARTS]],
  ['cli', ['commands', ...LEAVES]],
]);

/**
 * The room a server file is in: its folder, or its own name at the top. Three files are rooms of their own, because they hold only the
 * interface that others know a room by: `source`, `store`, and `folder` for the workspace layer.
 *
 * @param file path relative to the root
 */
export function roomOf(file: string): string {
  const inside = file.replace(/^server\/src\//, '');
  if (inside === 'sources/source.ts') return 'source';
  if (inside === 'linkIndex/store.ts') return 'store';
  if (inside === 'workspace/workspace.ts') return 'folder';
  if (inside.startsWith('linkIndex/ingest/')) return 'ingest';
  return inside.split('/')[0]?.replace(/\.ts$/, '') ?? '';
}
