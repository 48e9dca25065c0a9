// Which thread this is.
export { isMainThread } from 'node:worker_threads';
