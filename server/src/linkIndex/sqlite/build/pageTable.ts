/** The table of pages and the index of their keys, in key order both. */
import type { RecordWriter } from '../btree/record.ts';
import { CAPTURED } from './captureColumns.ts';
import { type PageCounts, PageTally } from './countGeneration.ts';
import type { Generation } from './generation.ts';
import type { Trees } from './linkTask.ts';
import { PAUSE_EVERY, type Pause } from './pause.ts';

/** Columns of a page from its id to `internal`, which are always written where it has a capture. */
const ALWAYS = 12;

/** @param keyTrees for the index: its rows are made while those of the table are */
export async function writePages({ record, table }: Trees, keyTrees: Trees, generation: Generation, pause: Pause): Promise<PageCounts> {
  const tally = new PageTally();
  const tree = table('page');
  const keyRecord = keyTrees.record;
  const keys = keyTrees.index('page_key');
  const { order } = generation.numbering;
  const { urls } = generation.staging;
  for (let page = 0; page < order.length; page++) {
    if (page % PAUSE_EVERY === 0) await pause();
    record.begin();
    record.null();
    const start = record.at;
    record.text(urls.keys[order[page] as number] as string);
    keyRecord.begin();
    keyRecord.utf8(record.bytes, start, record.at);
    keyRecord.int(page + 1);
    keys.add(keyRecord);
    putPage(record, generation, page, tally);
    tree.add(page + 1, record);
  }
  tree.finish();
  keys.finish();
  return tally.counts();
}

/** What a page has behind its key. */
function putPage(record: RecordWriter, { staging, histories, numbering, strengths, places }: Generation, page: number, tally: PageTally): void {
  const { urls, captures, texts } = staging;
  const url = numbering.order[page] as number;
  const facts = histories.factsOf(url);
  if (facts === null) {
    putForm(record, urls.formOf(url));
    record.int(numbering.hostOf[page] as number);
    record.int(strengths.pages[page] as number);
    // Neither captured, nor first captured, nor a page; what follows is null.
    record.null();
    record.null();
    record.int(0);
    return;
  }
  const { capture, captured, firstCaptured, marks, titled, external, internal } = facts;
  const kind = captures.get(capture, 'kind');
  const status = captures.get(capture, 'status');
  const address = captures.get(capture, 'address');
  tally.take(kind, facts);
  if (address === 0) record.int(captures.get(capture, 'form'));
  else texts.put(address, record);
  record.int(numbering.hostOf[page] as number);
  record.int(strengths.pages[page] as number);
  record.intOrNull(captured);
  record.intOrNull(firstCaptured);
  record.int(Number(kind === CAPTURED.page));
  texts.put(captures.get(titled, 'title'), record);
  record.intOrNull(places.of(captures.get(capture, 'place')));
  record.intOrNull(external);
  record.intOrNull(internal);
  record.int(marks);
  texts.put(captures.get(capture, 'canonical'), record);
  texts.put(captures.get(capture, 'redirect'), record);
  record.intOrNull(kind === CAPTURED.redirect ? status : null);
  record.intOrNull(kind === CAPTURED.gone ? status : null);
  record.trim(ALWAYS);
}

function putForm(record: RecordWriter, form: number | string): void {
  if (typeof form === 'number') record.int(form);
  else record.text(form);
}
