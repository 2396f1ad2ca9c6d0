/** Tokens as they are kept: a token is random, so a plain hash tells nothing about it. */
import { hash } from 'node:crypto';

/** SHA-256 in base64url. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'base64url');
}
