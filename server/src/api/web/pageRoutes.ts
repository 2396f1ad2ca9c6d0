/** The page for people at `/`: static files of our own, and a policy that lets them load nothing else, ask nobody else and be framed by nobody. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PAGE_PATHS, type PageFile, readPageFiles } from './pageFiles.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  // A browser may keep it and asks each time whether it is still the one.
  'cache-control': 'no-cache',
};

const NOT_BUILT = 'The page of this service was not built. Run "npm run build" and start the service again; its calls below /v3/ work without it.\n';

/** Adds the page. @param folder of its files, as the build left them */
export function addPage(app: FastifyInstance, folder: string): void {
  const files = readPageFiles(folder);
  for (const path of PAGE_PATHS) {
    const file = files?.find((one) => one.path === path) ?? null;
    app.get(path, async (request, reply) => (file === null ? notBuilt(reply) : sendFile(file, request, reply)));
  }
}

function sendFile(file: PageFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers(HEADERS).header('etag', file.etag);
  if (isKnown(request.headers['if-none-match'], file.etag)) return reply.code(304).send();
  return reply.type(file.type).send(file.content);
}

function notBuilt(reply: FastifyReply): FastifyReply {
  return reply.headers(HEADERS).code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
}

/** Weak comparison of RFC 9110, 13.1.2. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
