/** What suites over a folder share: the index of the small web, built once, and folders and servers that are gone after each test. */
import { makeFolder, type TestFolder } from '../support/folders.ts';
import { buildSmallWeb, type SmallWeb } from '../support/smallWeb.ts';
import { type StartParameters, startServer, type TestServer } from './server.ts';

export interface Started {
  folder(files: Readonly<Record<string, string>>): Promise<TestFolder>;
  server(parameters: StartParameters): Promise<TestServer>;
  /** Path of the small web's index; there from the first test on. */
  readonly index: string;
}

/** To be called where the tests of a suite are described. */
export function startedParts(): Started {
  const servers: TestServer[] = [];
  const folders: TestFolder[] = [];
  let web: SmallWeb;
  before(async () => {
    web = await buildSmallWeb();
  });
  after(async () => web.remove());
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    for (const folder of folders.splice(0)) await folder.remove();
  });
  return {
    async folder(files) {
      const folder = await makeFolder(files);
      folders.push(folder);
      return folder;
    },
    async server(parameters) {
      const server = await startServer(parameters);
      servers.push(server);
      return server;
    },
    get index() {
      return web.index;
    },
  };
}
