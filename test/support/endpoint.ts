/** An endpoint on this machine that answers as it is told: for what sources do wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

export interface TestEndpoint {
  readonly url: string;
  /** Paths that were asked, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startEndpoint(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<TestEndpoint> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
