/** What this program says of itself, from the manifest. */
import manifest from '../../../package.json' with { type: 'json' };

export const version: string = manifest.version;

/** Where people read who we are. */
export const homepage: string = manifest.homepage.replace(/#.*$/, '');
