/** How a service with keys is entered, in the words of OpenAPI: tokens by client credentials, sent as a header or in the query. */
import { fields } from '../contract.ts';

export const SECURITY_SCHEMES = {
  credentials: {
    type: 'oauth2',
    description: 'Key and secret, as HTTP Basic or in the form, are exchanged for a token.',
    flows: { clientCredentials: { tokenUrl: '/v3/token', scopes: {} } },
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'The token as a header: Authorization: Bearer …' },
  query: { type: 'apiKey', in: 'query', name: 'access_token', description: 'The token in the query, as old clients send it.' },
} as const;

const TOKEN = fields({
  access_token: { type: 'string' },
  expires_in: { type: 'integer', minimum: 0, description: 'Seconds.' },
  token_type: { type: 'string', const: 'Bearer' },
  scope: { type: 'null' },
});

const FORM = {
  type: 'object',
  properties: {
    grant_type: { type: 'string', const: 'client_credentials' },
    client_id: { type: 'string', description: 'The key, where it is not sent as HTTP Basic.' },
    client_secret: { type: 'string' },
  },
  required: ['grant_type'],
};

function refused(description: string): object {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
}

export const TOKEN_PATH = {
  '/v3/token': {
    post: {
      operationId: 'token',
      tags: ['contract'],
      summary: 'A token for key and secret',
      description: 'Exchanges client credentials for a bearer token (RFC 6749 section 4.4). Free of charge.',
      security: [{}],
      requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: FORM } } },
      responses: {
        200: { description: 'The token.', content: { 'application/json': { schema: TOKEN } } },
        400: refused('The request could not be read, or asks for another grant.'),
        401: refused('Key or secret are wrong.'),
        403: refused('The key is suspended.'),
        429: refused('Too many failed attempts; the header Retry-After says when to come again.'),
      },
    },
  },
} as const;
