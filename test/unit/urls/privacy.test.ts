/** What never leaves the machine. */
import assert from 'node:assert/strict';
import { forSending, forShowing, privacyOf } from '../../../server/src/urls/privacy.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';

const PRIVATE = [
  'http://localhost/',
  'http://localhost:3000/a',
  'http://127.0.0.1/',
  'http://127.9.9.9:80/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0.0.0.0/',
  'http://10.0.0.8/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.7/admin',
  'http://169.254.169.254/latest/meta-data',
  'http://100.64.0.1/',
  'http://[::1]/',
  'http://[::]/',
  'http://[fc00::1]/',
  'http://[fd12:3456::1]/',
  'http://[fe80::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://intranet/',
  'http://wiki/page',
  'https://printer.local/',
  'https://db.internal/',
  'https://nas.lan/',
  'https://box.home.arpa/',
  'https://abcdefghij.onion/',
  'https://LOCALHOST./',
  'file:///etc/passwd',
  'mailto:a@example.org',
  'no url at all',
  '',
];
const RESERVED = [
  'http://a.test/',
  'http://b.invalid/x',
  'http://www.example/',
  'https://example.com/guide',
  'https://www.example.org/',
  'https://example.net./',
  'http://app.localhost/',
  'http://192.0.2.1/',
  'http://198.51.100.7/',
  'http://203.0.113.9/',
  'http://[2001:db8::1]/',
  'http://224.0.0.1/',
];
const SECRET = [
  'https://site.io/?token=abc',
  'https://site.io/?access_token=abc',
  'https://site.io/?accessToken=abc',
  'https://site.io/?api_key=1',
  'https://site.io/?apikey=1',
  'https://site.io/?X-Amz-Signature=00ff&x=1',
  'https://site.io/?X-Amz-Security-Token=00ff',
  'https://a.blob.core.windows.net/c/b?sv=2020&sig=abc%3D',
  'https://site.io/?PHPSESSID=1a2b3c',
  'https://site.io/a;jsessionid=1A2B',
  'https://site.io/?password=hunter2',
  'https://site.io/?email=someone%40site.io',
  'https://site.io/unsubscribe/someone@site.io',
  'https://site.io/?u=someone%40site.io',
  'https://site.io/?code=4%2F0AX4XfWh8sdf7sdf87sdf',
  `https://site.io/?key=AIza${'Sy-_9'.repeat(7)}`,
  'https://site.io/reset/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.sig',
  `https://site.io/?q=ghp_${'a1'.repeat(18)}`,
  'https://site.io/login?next=https%3A%2F%2Fapp.site.io%2F%3Ftoken%3Dabc',
  'https://site.io/login?next=https%253A%252F%252Fapp.site.io%252F%253Fx%253D1%2526token%253Dabc',
  'https://site.io/?u=someone%2540site.io',
  'https://site.io/?url=https%3A%2F%2Fme%3Apw%40else.io%2F',
  'https://site.io/?url=http%3A%2F%2Flocalhost%3A3000%2Fadmin',
  'https://site.io/proxy/http://192.168.1.7/status',
  'https://site.io/check?uri=http%3A%2F%2Fwiki%2Fplans',
  'https://site.io/a;token=abc/b',
  'https://site.io/?a=1;password=hunter2',
  'https://site.io/reset/9f86d081884c7d659a2feaa0c55ad015',
  'https://site.io/account/verify/a1b2c3d4e5f6a7b8/',
  `https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${'x'.repeat(24)}`,
  'https://discord.com/api/webhooks/123456/abc-def',
  'https://api.telegram.org/bot123456:ABC-DEF/getMe',
  'https://calendar.google.com/calendar/ical/a%40group.calendar.google.com/private-0a1b/basic.ics',
];
const OPEN = [
  'https://site.io/',
  'http://8.8.8.8/',
  'http://[2606:4700::1111]/',
  'https://site.io/?q=token',
  'https://site.io/?page=2&sort=key',
  'https://site.io/?code=200',
  'https://site.io/?key=chapter-one',
  'https://site.io/?author=jane',
  'https://site.io/@jane/post',
  'https://site.io/redirect?to=https%3A%2F%2Felse.io%2F%3Fpage%3D2',
  'https://web.archive.org/web/2020/http://else.io/a',
  'https://site.io/docs/verify/installation',
  'https://site.io/docs/reset/how-to-reset',
  'https://site.io/a=b',
  'https://site.io/100%',
  'https://discord.com/invite/abc',
  'https://site.io/?url=http%3A%2F%2Fexample.com%2F',
  'https://cdn.site.io/npm/jquery@3.min.js',
  'https://cdn.site.io/npm/@scope/pkg@1.2.3/index.js',
  'https://site.io/?utm_source=mail-letter',
  'https://site.io/watch?v=dQw4w9WgXcQ&list=PLrAXtmRdnEQy6nuLMHjMZOz59Oq8HmPME',
  'https://localhost.site.io/',
  'https://example.com.site.io/',
  'https://myexample.com/',
  'https://site.io/?token=',
  'https://172.32.0.1/',
  'https://100.128.0.1/',
];

describe('what may be shown to somebody else', () => {
  const cases: [string, string | null][] = [
    ['https://me:pw@site.io/a?b=1#c', 'https://site.io/a?b=1'],
    ['https://docs.example.com/a', 'https://docs.example.com/a'],
    ['https://ports.example/?token=abc', null],
    ['http://192.168.1.7/a', null],
    ['https://wiki.corp/a', null],
    ['https://proxy.io/?u=http%3A%2F%2F10.0.0.1%2F', null],
    ['guide/a.md#part', 'guide/a.md'],
    ['mailto:a@b.org', null],
    ['javascript:alert(1)', null],
  ];
  for (const [address, shown] of cases) it(address, () => assert.equal(forShowing(address), shown));
});

describe('privacy', () => {
  for (const url of PRIVATE) it(`keeps private ${url || '(empty)'}`, () => assert.equal(privacyOf(url), 'private'));
  for (const url of RESERVED) it(`keeps reserved ${url}`, () => assert.equal(privacyOf(url), 'reserved'));
  for (const url of SECRET) {
    it(`keeps the secret of ${url}`, () => {
      assert.equal(privacyOf(url), 'private');
      assert.equal(forSending(url), null);
    });
  }
  for (const url of OPEN) it(`lets pass ${url}`, () => assert.equal(privacyOf(url), null));

  it('sends neither userinfo nor fragment', () => {
    assert.equal(forSending('https://me:pw@site.io/a?b=1#c'), 'https://site.io/a?b=1');
    assert.equal(forSending('https://site.io/a#!/b'), 'https://site.io/a');
    assert.equal(forSending('https://192.168.1.7/a'), null);
  });

  it('knows targets of every kind', () => {
    const cases: readonly (readonly [string, ReturnType<typeof privacyOf>, string | null])[] = [
      ['site.io', null, 'site.io'],
      ['blog.site.io', null, 'blog.site.io'],
      ['https://site.io/a#b', null, 'https://site.io/a'],
      ['site.io/docs/*', null, 'site.io/docs/*'],
      ['localhost', 'private', null],
      ['nas.lan', 'private', null],
      ['192.168.1.7', 'private', null],
      ['http://[::1]:80', 'private', null],
      ['example.com', 'reserved', null],
      ['example.com/docs/*', 'reserved', null],
    ];
    for (const [text, privacy, sent] of cases) {
      const target = parseTarget(text);
      assert.ok(target, text);
      assert.equal(privacyOf(target), privacy, text);
      assert.equal(forSending(target), sent, text);
    }
  });
});
