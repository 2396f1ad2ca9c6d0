/**
 * How long the editor waits for us: loading the bundle and `activate` until it gives the word back, in a fresh extension host each time. Beside
 * it the same of an extension that VS Code brings along. Target: under 150 ms of our own.
 */
import { performance } from 'node:perf_hooks';
import { inEditor, tell } from './host.ts';

const OURS = 'backlink-lens.backlink-lens';
const PEER = 'vscode.markdown-language-features';
const TARGET_MS = 150;
const STARTS = 5;
/** Milliseconds until a host that was just started has nothing more to do. */
const SETTLE_MS = 5_000;

interface Figures {
  readonly ours: number;
  /** Of that, `activate` itself; the rest is loading. */
  readonly activate: number;
  readonly peer: number | null;
}

/** Inside the extension host. */
export async function run(): Promise<void> {
  const vscode = await import('vscode');
  const timed = async (id: string): Promise<{ ms: number; api: unknown } | null> => {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined || extension.isActive) return null;
    const before = performance.now();
    const api: unknown = await extension.activate();
    return { ms: performance.now() - before, api };
  };
  // What the editor does at its own start is not ours.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const ours = await timed(OURS);
  const peer = await timed(PEER);
  const { activatedIn = Number.NaN } = (ours?.api ?? {}) as { activatedIn?: number };
  const figures: Figures = { ours: ours?.ms ?? Number.NaN, activate: activatedIn, peer: peer?.ms ?? null };
  tell(figures);
}

if (import.meta.main) {
  const starts: Figures[] = [];
  for (let start = 0; start < STARTS; start++) starts.push((await inEditor(import.meta.filename, { 'note.txt': '' })) as Figures);
  const median = (pick: (figures: Figures) => number | null) => {
    const values = starts.flatMap((figures) => pick(figures) ?? []).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? Number.NaN;
  };
  const [ours, activate, peer] = [median((each) => each.ours), median((each) => each.activate), median((each) => each.peer)];
  console.log(`Activation in the real editor, median of ${STARTS} fresh hosts`);
  console.log(
    `  ours        ${ours.toFixed(1)} ms   (loading ${(ours - activate).toFixed(1)} ms, activate ${activate.toFixed(1)} ms)   target ${TARGET_MS} ms`,
  );
  console.log(`  ${PEER}   ${peer.toFixed(1)} ms   ratio ${(ours / peer).toFixed(2)}`);
  if (!(ours < TARGET_MS)) process.exitCode = 1;
}
