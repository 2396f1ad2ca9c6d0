/** A contract endpoint under a made-up public name: HTTPS behind a proxy of this machine, so that it is as far away as any to the program. */
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { CERTIFICATE, KEY } from '../../unit/sources/certificate.ts';

export const HOST = 'links.example.org';
/** The only key that it knows. */
export const KNOWN_KEY = { id: 'newcomer', secret: 'correct horse' };

/**
 * @returns settings under which the editor reaches it, the URLs that it was asked about, and close()
 */
export async function startRemoteEndpoint() {
  const asked = [];
  const server = https.createServer({ cert: CERTIFICATE, key: KEY }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url, `https://${HOST}`);
    const say = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    request.resume();
    if (pathname === '/v3/token') {
      const known = Buffer.from(`${KNOWN_KEY.id}:${encodeURIComponent(KNOWN_KEY.secret)}`).toString('base64');
      return request.headers.authorization === `Basic ${known}`
        ? say(200, { access_token: 'abc', expires_in: 3600, token_type: 'Bearer' })
        : say(401, { error: 'invalid_client', error_message: 'unknown client' });
    }
    if (pathname !== '/v3/ResearchLinksGetListBacklinks.json') return say(404, { error: 404, error_message: 'Unknown Service' });
    asked.push(searchParams.get('url'));
    return say(200, { count: 4711, response: [row(searchParams.get('url'))], response_time: 0.1, balance: 1000 });
  });
  const port = await listening(server);
  const proxy = http.createServer((_request, response) => response.writeHead(502).end());
  proxy.on('connect', (request, socket, head) => {
    if (request.url !== `${HOST}:443`) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  const proxyPort = await listening(proxy);
  return {
    asked,
    settings: {
      'backlinkLens.source': 'searchmetrics',
      'backlinkLens.searchmetrics.endpoint': `https://${HOST}`,
      'http.proxy': `http://127.0.0.1:${proxyPort}`,
      'http.proxyStrictSSL': false,
    },
    close: () => {
      for (const one of [proxy, server]) {
        one.closeAllConnections();
        one.close();
      }
    },
  };
}

function row(url) {
  return {
    backlinkpage: 'https://blog.example.net/ports',
    title: 'Ports of the north',
    linktext: 'a good page',
    extL: '12',
    intL: '30',
    sumL: '42',
    sr: '5.5',
    pos: '7',
    linktarget: url,
    tag: 'text',
    nofollow: '0',
    ip: '192.0.2.1',
    ccode: 'NO',
    country: 'Norway',
    city: 'Bergen',
  };
}

function listening(server) {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}
