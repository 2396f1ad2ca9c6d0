/** What VS Code runs inside its extension host, in the browser and on the desktop alike: every suite that lies bundled beside this file. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { mirrorConsole } from './console.ts';

const SUITE = /\.host\.cjs$/;

/**
 * Runs the suites. VS Code takes a rejection for failure; the outcome itself goes into the file named by BACKLINK_LENS_RESULT.
 *
 * @throws when a test failed or none was found
 */
export async function run(): Promise<void> {
  const restore = mirrorConsole(process.env['BACKLINK_LENS_LOG']);
  try {
    const files = readdirSync(import.meta.dirname, { recursive: true })
      .map(String)
      .filter((name) => SUITE.test(name))
      .sort();
    // Reporters keep the console they met when they were loaded, so mocha is loaded only now.
    const { default: Mocha } = await import('mocha');
    const reporter = process.env['BACKLINK_LENS_REPORTER'];
    const grep = process.env['BACKLINK_LENS_GREP'];
    const mocha = new Mocha({
      ui: 'bdd',
      color: false,
      timeout: 30_000,
      forbidOnly: true,
      ...(reporter ? { reporter } : {}),
      ...(grep ? { grep } : {}),
    });
    for (const file of files) mocha.addFile(path.join(import.meta.dirname, file));
    await mocha.loadFilesAsync();
    const failures = await new Promise<number>((resolve) => mocha.run(resolve));
    if (failures > 0) throw new Error(`${failures} of the host tests failed`);
  } finally {
    restore();
  }
}
