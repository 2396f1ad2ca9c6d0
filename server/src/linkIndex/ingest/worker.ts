/** Entry of the thread that builds an index; bundled as dist/ingestWorker.cjs. */
export {};
