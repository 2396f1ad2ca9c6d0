/** `npm start`: from a fresh clone to backlinks. Builds, indexes the example web, reports on the example site through the language server, opens the editor. */
import { renderTerminal } from '../../server/src/report/terminal.ts';
import { askForReport } from '../lib/askServer.mjs';
import { buildExampleIndex, exampleSettings, SITE, siteSettings } from '../lib/example.mjs';
import { say } from '../lib/say.mjs';
import { build } from './build.mjs';
import { openEditor } from './try.mjs';

export async function run(args) {
  await build({ minify: true });
  await buildExampleIndex();
  say('Scanning examples/site through the language server …');
  const report = await askForReport(SITE, section({ ...exampleSettings(), ...siteSettings() }));
  const { columns, isTTY } = process.stdout;
  console.log(`\n${renderTerminal(report, { columns: columns ?? 120, color: Boolean(isTTY) && process.env.NO_COLOR === undefined, locale: 'en' })}`);
  if (args.includes('--no-editor')) return 0;
  return openEditor(args);
}

/** The settings as the editor hands them to a server that asks for the section. */
function section(settings) {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name.replace('backlinkLens.', ''), value]));
}
