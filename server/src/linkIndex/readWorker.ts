/** Entry of the thread that reads an index; bundled as dist/indexWorker.cjs. */
export {};
