/** The packaged extension in the editor as a newcomer has it: one server for all stories, a window for each, and hands to use it with. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { writeSettings } from '../harness/server.mjs';
import { startWorkbench } from '../harness/workbench.mjs';

const PATIENCE_MS = 40_000;
const PICTURES = inRoot('out/stories');

let shared;
const folders = [];

/** The one editor; started by the first story that asks. */
export function editor() {
  shared ??= startWorkbench({ vsix: process.env.BACKLINK_LENS_VSIX, settings: LOOKS, viewport: { width: 1280, height: 800 } });
  return shared;
}

const LOOKS = { 'editor.minimap.enabled': false, 'workbench.colorTheme': 'Default Dark Modern', 'files.autoSave': 'off' };

let current;

afterEach(async function photographFailure() {
  if (this.currentTest?.state === 'failed' && current && !current.isClosed()) await picture(current, 'failed');
});

after(async function stop() {
  this.timeout(30_000);
  await (await shared)?.stop();
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** A folder that is deleted at the end, with these files: name to text. */
export function newFolder(files = {}) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-story-')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

/** A window on a folder, or an empty one, under these settings. */
export async function openWindow({ settings = {}, ...place } = {}) {
  const { open, dataDir } = await editor();
  writeSettings(dataDir, { ...LOOKS, ...settings });
  const page = await open(place);
  current = page;
  page.setDefaultTimeout(PATIENCE_MS);
  await page
    .locator(place.openFile === undefined ? '.monaco-workbench .statusbar' : '.view-lines .view-line')
    .first()
    .waitFor();
  return page;
}

export async function changeSettings(settings) {
  writeSettings((await editor()).dataDir, { ...LOOKS, ...settings });
}

/** A picture for people; stories prove what they say by text. */
export async function picture(page, name) {
  fs.mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
}

/** Runs a command by its title in the palette. */
export async function command(page, title) {
  const widget = page.locator('.quick-input-widget:visible');
  const found = widget.locator('.monaco-list-row.focused', { hasText: title }).first();
  // A window that is still being drawn takes the palette away again.
  for (let attempt = 1; ; attempt += 1) {
    await page.keyboard.press('F1');
    await widget.locator('input').first().fill(`>${title}`);
    const there = await found.waitFor({ timeout: 4_000 }).then(
      () => true,
      () => false,
    );
    if (there) break;
    if (attempt === 4) throw new Error(`The palette does not offer "${title}": ${await widget.innerText().catch(() => 'it is closed')}`);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Enter');
}

/**
 * Answers the input box that shows these words, and waits until the answer was taken: it is checked first.
 *
 * @returns the type of its field
 */
export async function answer(page, words, text) {
  const box = page.locator('.quick-input-widget:visible', { hasText: words });
  const input = box.locator('input').first();
  await input.waitFor();
  const type = await input.getAttribute('type');
  await input.fill(text);
  await page.keyboard.press('Enter');
  await box.waitFor({ state: 'hidden' });
  return type;
}

/**
 * Chooses the line that stands first, after typing a part of it where that is given.
 *
 * @param wanted what that line says
 */
export async function choose(page, wanted, typed = '') {
  const widget = page.locator('.quick-input-widget:visible');
  const focused = widget.locator('.monaco-list-row.focused', { hasText: wanted }).first();
  if (typed !== '') await widget.locator('input').first().fill(typed);
  await focused.waitFor();
  await page.keyboard.press('Enter');
  await focused.waitFor({ state: 'hidden' });
}

/** What the open list says, line by line. */
export async function listed(page, title) {
  const widget = page.locator('.quick-input-widget:visible', { hasText: title });
  await widget.locator('.monaco-list-row').first().waitFor();
  return (await widget.innerText()).replaceAll('\u00a0', ' ');
}

/** What our hover over the first occurrence of a text says, once it matches; hovers are asked for anew, for an open one does not change. */
export async function hoverUntil(page, text, wanted) {
  const place = page.locator('.view-line span span', { hasText: text }).first();
  const hover = page.locator('.monaco-resizable-hover:visible').first();
  let said = '';
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    await page.mouse.move(900, 780);
    await place.hover();
    await hover.waitFor({ timeout: 2_000 }).catch(() => null);
    await page.waitForTimeout(300);
    said = (await hover.count()) === 0 ? '' : (await hover.innerText()).replaceAll('\u00a0', ' ');
    if (wanted.test(said)) return { text: said, hover };
    await page.keyboard.press('Escape');
    await page.waitForTimeout(300);
  }
  throw new Error(`The hover over ${text} never said ${wanted}. It said:\n${said}`);
}

/** Opens the view by its icon. */
export async function openView(page) {
  // A click on the icon of the open view would close it.
  const icon = page.locator('.activitybar .action-item', { has: page.locator('[aria-label^="Backlinks"]') }).first();
  if (!/checked/.test((await icon.getAttribute('class')) ?? '')) await icon.click();
  await page.locator('.sidebar .pane-body').first().waitFor();
}
