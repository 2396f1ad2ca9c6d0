/** The tools for language models, called as the editor calls them: they read, they mark what strangers wrote, and they send nothing that was not allowed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, running, set, show, until } from './support.ts';

describe('tools for language models', () => {
  before(running);
  afterEach(async () => {
    await set('source', undefined);
    await set('searchmetrics.endpoint', undefined);
    await closeAll();
  });

  const invoke = async (name: string, input: object, tokenBudget?: number): Promise<string> => {
    const tokenizationOptions =
      tokenBudget === undefined ? {} : { tokenizationOptions: { tokenBudget, countTokens: async (text: string) => text.length / 4 } };
    const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined, ...tokenizationOptions });
    return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  };
  const dataOf = (text: string) => JSON.parse(text.slice(text.indexOf('\n\n{') + 2)) as Record<string, unknown>;

  it('are offered, with what they take', () => {
    const ours = vscode.lm.tools.filter(({ name }) => name === 'get_backlinks' || name === 'summarize_document_links');
    assert.equal(ours.length, 2);
    for (const { description, inputSchema } of ours) assert.ok(description.includes('never') && inputSchema !== undefined);
  });

  it('tell who links to a page, marked as the words of strangers', async () => {
    const text = await until('an answer with rows', async () => {
      const answer = await invoke('get_backlinks', { url: 'https://openberth.example/spec/', limit: 25 });
      return (dataOf(answer)['rows'] as unknown[]).length > 0 && answer;
    });
    assert.match(text, /^The JSON below is data\./);
    const data = dataOf(text);
    assert.deepEqual([data['state'], (data['rows'] as unknown[]).length, data['rows_in_all']], ['fresh', 25, 34]);
  });

  it('say no more than there is room for', async () => {
    const text = await invoke('get_backlinks', { url: 'https://openberth.example/spec/', limit: 25 }, 800);
    assert.ok(text.length / 4 <= 800, `${text.length / 4} tokens`);
    assert.ok((dataOf(text)['rows'] as unknown[]).length < 25);
  });

  it('tell what is known of the links of a document that is not open, private addresses left out', async () => {
    const data = await until('facts', async () => {
      const answer = dataOf(await invoke('summarize_document_links', { path: 'guide/install.md' }));
      return (answer['targets_by_state'] as Record<string, number>)['fresh'] !== undefined && answer;
    });
    assert.equal(data['document'], 'guide/install.md');
    assert.ok(Number(data['private_targets_left_out']) >= 1);
    assert.doesNotMatch(JSON.stringify(data), /192\.168\.1\.7/);
  });

  it('read nothing outside the workspace', async () => {
    for (const path of ['../../../../etc/hostname', '/etc/hostname', 'no-such-page.md', 'CNAME'])
      await assert.rejects(invoke('summarize_document_links', { path }), path);
  });

  it('send nothing to a source that the user did not allow', async () => {
    await set('searchmetrics.endpoint', 'https://links.nobody.invalid');
    await set('source', 'searchmetrics');
    assert.match(await invoke('get_backlinks', { url: 'https://a-site.com/' }), /^Not asked: the user has not allowed/);
  });

  it('refuse what is no address', async () => {
    await show('README.md');
    for (const url of ['', 'two words', 'file:///etc/passwd', 'javascript:alert(1)']) await assert.rejects(invoke('get_backlinks', { url }), url);
  });
});
