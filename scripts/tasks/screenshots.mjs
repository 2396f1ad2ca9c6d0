/** `npm run screenshots`: hover, tree and report of the packaged extension in the real editor, dark and light, into media/screenshots. */
import fs from 'node:fs';
import path from 'node:path';
import { startWorkbench } from '../../test/host/harness/workbench.mjs';
import { buildExampleIndex, exampleSettings, SITE } from '../lib/example.mjs';
import { inRoot } from '../lib/paths.mjs';
import { say } from '../lib/say.mjs';
import { build } from './build.mjs';
import { packageExtension } from './package.mjs';

const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
const PATIENCE_MS = 60_000;
const DOCUMENT = path.join(SITE, 'README.md');
/** A link of that document whose backlinks show everything there is. */
const TARGET = 'openberth.example/spec/';

export async function run(args) {
  await build({ minify: true });
  await buildExampleIndex();
  const vsix = await packageExtension();
  const folder = inRoot('media/screenshots');
  fs.mkdirSync(folder, { recursive: true });
  const wanted = args.filter((arg) => !arg.startsWith('-'));
  for (const name of Object.keys(THEMES)) if (wanted.length === 0 || wanted.includes(name)) await photograph(name, vsix, folder);
  return 0;
}

async function photograph(name, vsix, folder) {
  say(`Photographing (${name}) …`);
  const workbench = await startWorkbench({
    folder: SITE,
    vsix,
    openFile: DOCUMENT,
    settings: { ...exampleSettings(), ...LOOKS, 'workbench.colorTheme': THEMES[name] },
    viewport: { width: 1280, height: 800 },
  });
  const { page } = workbench;
  page.setDefaultTimeout(PATIENCE_MS);
  const shoot = (what) => page.screenshot({ path: path.join(folder, `${what}-${name}.png`) });
  try {
    await openTree(page);
    await shoot('tree');
    await hoverLink(page);
    await shoot('hover');
    await openReport(page);
    await shoot('report');
  } catch (error) {
    await page.screenshot({ path: inRoot(`out/screenshot-failed-${name}.png`) });
    console.error(`What the editor showed stands in out/screenshot-failed-${name}.png`);
    throw error;
  } finally {
    await workbench.stop();
  }
}

/** Quieter than the editor's defaults, so that what is ours stands out. */
const LOOKS = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'editor.fontSize': 13, 'window.commandCenter': false };

async function openTree(page) {
  await page.locator('.activitybar .action-label[aria-label^="Backlinks"]').click();
  await drag(page, { x: 350, y: 500 }, { x: 540, y: 500 });
  // The document's links stand there at once, their facts a moment later.
  const known = page
    .locator('.pane-body .monaco-list-row', { hasText: TARGET })
    .filter({ hasText: /from \d+ domain/ })
    .first();
  await known.waitFor();
  await known.locator('.monaco-tl-twistie').click();
  await page.locator('.pane-body .monaco-list-row[aria-level="3"]').first().waitFor();
  await page.mouse.move(1000, 20);
  await page.waitForTimeout(1_500);
}

async function hoverLink(page) {
  await page.keyboard.press('Control+b');
  await page.locator('.view-line span span', { hasText: TARGET }).first().hover();
  // As large as the editor opens it.
  await page.locator('.monaco-resizable-hover:visible', { hasText: 'Backlinks' }).first().waitFor();
  await page.waitForTimeout(700);
}

async function openReport(page) {
  await page.keyboard.press('Escape');
  await page.mouse.move(2, 400);
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type('Backlinks: Create Report');
  await page.waitForTimeout(700);
  await page.keyboard.press('Enter');
  // What to report on is asked: the first answer is the open document.
  await page.waitForTimeout(1_500);
  if ((await page.locator('.quick-input-widget:visible').count()) > 0) await page.keyboard.press('Enter');
  const report = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await report.locator('table').first().waitFor();
  await page.waitForTimeout(1_000);
}

async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}
