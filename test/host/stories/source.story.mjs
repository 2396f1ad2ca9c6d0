/** A source that is far away: what is asked before anything is sent, what a refusal means, and how a key is set. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { answer, choose, command, hoverUntil, newFolder, openWindow, picture } from './editor.mjs';
import { HOST, KNOWN_KEY, startRemoteEndpoint } from './endpoint.mjs';

const LINK = 'www.wikipedia.org/wiki/Port';

describe('a newcomer with a remote source', () => {
  let endpoint;
  let page;
  const open = async () => {
    const folder = newFolder({ 'page.md': `# Ports\n\nRead https://${LINK} first.\n` });
    return openWindow({ folder, openFile: path.join(folder, 'page.md'), settings: endpoint.settings });
  };
  const dialog = () => page.locator('.monaco-dialog-box').first();
  const lookUp = async () => {
    const { hover } = await hoverUntil(page, LINK, /Look up/);
    await hover.getByText('Look up', { exact: true }).click();
  };
  const setKey = async ({ id, secret }) => {
    await answer(page, '(1/2)', id);
    assert.equal(await answer(page, '(2/2)', secret), 'password');
    // With another key everything begins anew.
    await hoverUntil(page, LINK, /Not asked yet/);
  };
  before(async () => {
    endpoint = await startRemoteEndpoint();
    page = await open();
  });
  after(async () => {
    await page?.close();
    endpoint?.close();
  });

  it('is told that nothing was asked yet, and nothing was', async () => {
    const { text } = await hoverUntil(page, LINK, /Look up/);
    assert.match(text, /Not asked yet/);
    assert.deepEqual(endpoint.asked, []);
    await picture(page, 'not-asked');
  });

  it('is asked for consent that names the host and what is sent; a refusal leaves it at that', async () => {
    await lookUp();
    await dialog().waitFor();
    const said = await dialog().innerText();
    assert.match(said, new RegExp(`to ${HOST.replaceAll('.', '\\.')}\\?`));
    assert.match(said, /URLs that your documents link to, and their domains/);
    assert.match(said, /Never sent: the documents themselves/);
    await picture(page, 'consent');
    await dialog().getByText('Cancel', { exact: true }).click();
    await hoverUntil(page, LINK, /Not asked yet/);
    assert.deepEqual(endpoint.asked, []);
  });

  it('agrees, is told that a key is missing, and sets a wrong one', async () => {
    await lookUp();
    await dialog().getByText('Allow', { exact: true }).click();
    const { hover } = await hoverUntil(page, LINK, /needs a key/);
    await picture(page, 'key-missing');
    await hover.getByText('Set key', { exact: true }).click();
    await setKey({ id: KNOWN_KEY.id, secret: 'wrong' });
    await lookUp();
    const refused = await hoverUntil(page, LINK, /refused|does not know/);
    assert.match(refused.text, /Set key/);
    await picture(page, 'key-refused');
  });

  it('sets the right key, and the numbers arrive', async () => {
    await command(page, 'Set API Key');
    // The source in use stands first.
    await choose(page, /Contract endpoint/);
    await setKey(KNOWN_KEY);
    await lookUp();
    const { text } = await hoverUntil(page, LINK, /4,711/);
    assert.doesNotMatch(text, /Not asked/);
    assert.ok(
      endpoint.asked.some((url) => url.includes('wikipedia.org')),
      endpoint.asked.join(' '),
    );
    await picture(page, 'remote-numbers');
  });

  it('is asked again in another folder', async () => {
    const before = endpoint.asked.length;
    await page.close();
    page = await open();
    await lookUp();
    await dialog().waitFor();
    await picture(page, 'consent-again');
    assert.equal(endpoint.asked.length, before);
    await page.keyboard.press('Escape');
  });
});
