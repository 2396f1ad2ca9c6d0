/** `npm run build`: all bundles, with their sizes. */
import { buildAll } from '../../esbuild.mjs';
import { StepError, say } from '../lib/say.mjs';

export async function run(args) {
  await build({ minify: args.includes('--minify') });
  return 0;
}

/**
 * Builds dist for whoever needs it; about a second, so it is never skipped.
 *
 * @param options of buildAll
 */
export async function build(options = {}) {
  say(`Building${options.minify ? ' (minified)' : ''} …`);
  try {
    const sizes = await buildAll(options);
    say(
      `Built ${Object.entries(sizes)
        .map(([file, bytes]) => `${file} ${Math.round(bytes / 1000)} KB`)
        .join(', ')}`,
    );
    return sizes;
  } catch (error) {
    throw new StepError('building', error.message, 'see the errors above: each names its file and line.');
  }
}
