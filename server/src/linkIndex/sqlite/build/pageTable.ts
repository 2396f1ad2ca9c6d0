/** The table of pages and the index of their keys, in key order both. */
import type { RecordWriter } from '../btree/record.ts';
import { CAPTURED } from './captureColumns.ts';
import type { Generation } from './generation.ts';
import type { Trees } from './largeTables.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

/** Columns of a page from its id to `internal`, which are always written. */
const ALWAYS = 12;

export async function writePages({ record, table }: Trees, generation: Generation, pause: Pause): Promise<void> {
  const tree = table('page');
  const { order } = generation.numbering;
  for (let page = 0; page < order.length; page++) {
    if (page % PAUSE_EVERY === 0) await pause();
    record.begin();
    record.null();
    putPage(record, generation, page);
    record.trim(ALWAYS);
    tree.add(page + 1, record);
  }
  tree.finish();
}

export async function writePageKeys({ record, index }: Trees, { staging, numbering }: Generation, pause: Pause): Promise<void> {
  const tree = index('page_key');
  for (let page = 0; page < numbering.order.length; page++) {
    if (page % PAUSE_EVERY === 0) await pause();
    record.begin();
    record.text(staging.urls.keys[numbering.order[page] as number] as string);
    record.int(page + 1);
    tree.add(record);
  }
  tree.finish();
}

function putPage(record: RecordWriter, { staging, histories, numbering, strengths }: Generation, page: number): void {
  const { urls, captures, texts } = staging;
  const url = numbering.order[page] as number;
  const facts = histories.factsOf(url);
  record.text(urls.keys[url] as string);
  putForm(record, facts === null ? urls.formOf(url) : (texts.get(captures.get(facts.capture, 'address')) ?? captures.get(facts.capture, 'form')));
  record.int(numbering.hostOf[page] as number);
  record.int(strengths.pages[page] as number);
  if (facts === null) {
    // Neither captured, nor first captured, nor a page; no title, place or counts.
    record.null();
    record.null();
    record.int(0);
    for (let column = 0; column < 4; column++) record.null();
    return;
  }
  const { capture, captured, firstCaptured, marks, titled, external, internal } = facts;
  const kind = captures.get(capture, 'kind');
  const status = captures.get(capture, 'status');
  record.intOrNull(captured);
  record.intOrNull(firstCaptured);
  record.int(Number(kind === CAPTURED.page));
  record.textOrNull(texts.get(captures.get(titled, 'title')));
  record.intOrNull(captures.get(capture, 'place') || null);
  record.intOrNull(external);
  record.intOrNull(internal);
  record.int(marks);
  record.textOrNull(texts.get(captures.get(capture, 'canonical')));
  record.textOrNull(texts.get(captures.get(capture, 'redirect')));
  record.intOrNull(kind === CAPTURED.redirect ? status : null);
  record.intOrNull(kind === CAPTURED.gone ? status : null);
}

function putForm(record: RecordWriter, form: number | string): void {
  if (typeof form === 'number') record.int(form);
  else record.text(form);
}
