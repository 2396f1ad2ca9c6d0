/** A benchmark inside the real editor: its file is bundled, run in the extension host, and tells its figures through a file. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = path.join(import.meta.dirname, '../..');
const LIMIT_MS = 180_000;

/** The part of test/host/harness/workbench.mjs that is used here; it is no TypeScript. */
interface Harness {
  readonly startWorkbench: (options: {
    folder: string;
    developmentPath: string;
    tests: string;
    environment: Readonly<Record<string, string>>;
    onExit: (code: number) => void;
  }) => Promise<{ log(): string; stop(): Promise<void> }>;
}

/**
 * Runs the `run` of a file in the extension host, over a folder of these files.
 *
 * @param file of the benchmark itself, bundled with all it imports but the editor
 * @param environment what it finds besides; the figures go into the file named by BACKLINK_LENS_FIGURES
 * @returns what it wrote there
 */
export async function inEditor(
  file: string,
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-bench-')));
  const workspace = path.join(folder, 'workspace');
  const figures = path.join(folder, 'figures.json');
  fs.mkdirSync(workspace);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(workspace, name), text);
  const tests = path.join(ROOT, 'out/bench', `${path.basename(file, '.ts')}.cjs`);
  await build({
    entryPoints: [file],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    external: ['vscode', 'esbuild'],
    define: { 'import.meta.main': 'false', 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  });
  const { promise, resolve } = Promise.withResolvers<number>();
  const { startWorkbench } = (await import(pathToFileURL(path.join(ROOT, 'test/host/harness/workbench.mjs')).href)) as Harness;
  const workbench = await startWorkbench({
    folder: workspace,
    developmentPath: ROOT,
    tests,
    environment: { BACKLINK_LENS_FIGURES: figures, ...environment },
    onExit: resolve,
  });
  const timer = setTimeout(() => resolve(124), LIMIT_MS);
  try {
    const code = await promise;
    if (!fs.existsSync(figures)) throw new Error(`The extension host ended with code ${code} and told no figures.\n${workbench.log().slice(-2000)}`);
    return JSON.parse(fs.readFileSync(figures, 'utf8'));
  } finally {
    clearTimeout(timer);
    await workbench.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** In the extension host: hands the figures over. */
export function tell(figures: unknown): void {
  const file = process.env['BACKLINK_LENS_FIGURES'];
  if (file !== undefined) fs.writeFileSync(file, JSON.stringify(figures));
}
