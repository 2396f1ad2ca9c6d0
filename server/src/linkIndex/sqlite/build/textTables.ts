/** The tables of texts: link texts, rel values, forms. */
import type { Trees } from './linkTask.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';
import type { PlacedTexts } from './placedTexts.ts';

export async function writeTexts({ record, table }: Trees, name: string, texts: PlacedTexts, pause: Pause): Promise<void> {
  const tree = table(name);
  for (let id = 1; id <= texts.size; id++) {
    if (id % PAUSE_EVERY === 0) await pause();
    record.begin();
    record.null();
    texts.put(id, record);
    tree.add(id, record);
  }
  tree.finish();
}
