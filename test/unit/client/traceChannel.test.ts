/** Traces of the traffic with the server hold no keys, whatever characters these are made of. */
import assert from 'node:assert/strict';
import { secretWords, traceChannel, without } from '../../../client/src/traceChannel.ts';

const CREDENTIALS = { moz: { id: 'access-id', secret: 's"e\\cret\u00fc' }, bing: { id: '', secret: 'bing-key' } };
const HTTP = { proxy: 'http://me:proxy-word@proxy.service.org:3128', proxyAuthorization: 'Basic token-word', noProxy: ['a.org'] };

describe('traces', () => {
  it('hold no keys, as they are or in JSON', () => {
    const params = JSON.stringify({ credentials: CREDENTIALS, http: HTTP, other: 'stays' });
    const shown = without(`Params: ${params} and ${CREDENTIALS.moz.secret}`, secretWords(CREDENTIALS, HTTP));
    for (const word of ['access-id', 'cret\u00fc', 'bing-key', 'proxy-word', 'token-word']) assert.ok(!shown.includes(word), shown);
    assert.match(shown, /"http:\/\/…@proxy\.service\.org:3128".*"other":"stays"/);
    assert.equal(without('nothing to hide', secretWords({}, {})), 'nothing to hide');
  });

  it('go to the log, which is otherwise as it was', () => {
    const told: string[] = [];
    const log = Object.freeze({
      logLevel: 1,
      own: 'word',
      trace: (message: string) => void told.push(message),
      info(this: { readonly own: string }, message: string) {
        told.push(`${this.own} ${message}`);
      },
    });
    const channel = traceChannel(log as never, () => ['bing-key']);
    channel.trace('key bing-key');
    channel.info('plain');
    assert.deepEqual(told, ['key …', 'word plain']);
    assert.equal(channel.logLevel, 1);
  });
});
