/** The table of link texts, and which texts of a build its links still have. */
import { FORM_CODES } from '../schema.ts';
import type { TextTable } from '../textTable.ts';
import type { Generation } from './generation.ts';
import type { Trees } from './largeTables.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

/** Marks of the texts in use, by their numbers. Texts of links that count no more may be no other's. */
export type UsedTexts = Uint8Array;

export function usedAnchors(generation: Generation): UsedTexts {
  const { links, anchors } = generation.staging;
  return usedOf(generation, links.anchor, anchors.size, 0);
}

export function usedRels(generation: Generation): UsedTexts {
  const { links, rels } = generation.staging;
  return usedOf(generation, links.rel, rels.size, 0);
}

export function usedForms(generation: Generation): UsedTexts {
  const { links, forms } = generation.staging;
  return usedOf(generation, links.form, forms.size, FORM_CODES.length);
}

function usedOf({ histories, order }: Generation, column: Uint32Array, size: number, above: number): UsedTexts {
  if (!histories.folded) return new Uint8Array(size + 1).fill(1);
  const used = new Uint8Array(size + 1);
  for (const link of order.links) {
    const id = (column[link] as number) - above;
    if (id > 0) used[id] = 1;
  }
  return used;
}

export async function writeTexts({ record, table }: Trees, name: string, texts: TextTable, used: UsedTexts, pause: Pause): Promise<void> {
  const tree = table(name);
  for (let id = 1; id <= texts.size; id++) {
    if (id % PAUSE_EVERY === 0) await pause();
    if (used[id] !== 1) continue;
    record.begin();
    record.null();
    record.text(texts.textOf(id));
    tree.add(id, record);
  }
  tree.finish();
}
