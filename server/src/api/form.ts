/** Forms (`application/x-www-form-urlencoded`), as old clients post them: parameters like those of a query. */
import type { FastifyInstance } from 'fastify';

/** Reads forms into objects without a prototype; a name that stands twice has a list. Source: the WHATWG URL standard, section 5. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser<string>('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, readForm(body)));
}

function readForm(text: string): Readonly<Record<string, string | readonly string[]>> {
  const form: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const before = form[name];
    if (before === undefined) form[name] = value;
    else if (typeof before === 'string') form[name] = [before, value];
    else before.push(value);
  }
  return form;
}
