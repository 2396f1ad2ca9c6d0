import assert from 'node:assert/strict';
import { isLoopbackHost } from '../../../shared/loopback.ts';

describe('loopback hosts', () => {
  it('are the names and addresses that never leave the machine, whatever the resolver does', () => {
    for (const host of ['localhost', 'localhost.', '127.0.0.1', '127.0.0.1.', '127.255.0.9', '[::1]']) assert.ok(isLoopbackHost(host), host);
    for (const host of ['0.0.0.0', 'my.localhost', '[::]', '128.0.0.1', '127.0.0.1.example.com', 'localhost.example.com', ''])
      assert.ok(!isLoopbackHost(host), host);
  });
});
