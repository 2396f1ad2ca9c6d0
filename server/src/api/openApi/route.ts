/** `GET /openapi.json`: the description of this service, made once. */
import type { FastifyInstance } from 'fastify';
import { SERVICES } from '../services.ts';
import { openApiDocument } from './document.ts';

/** @param keys true for a service that asks for tokens */
export function addOpenApi(app: FastifyInstance, options: { readonly keys: boolean }): void {
  const document = JSON.stringify(openApiDocument(SERVICES.values(), options));
  app.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
}
