/**
 * Loaded with `node --import` into the processes that a task starts: when the task is gone, however
 * it ended, they are told to stop, so that no server is left behind.
 */
import { isMainThread } from 'node:worker_threads';
import { watchParent } from './parent.mjs';

if (isMainThread) watchParent(() => process.kill(process.pid, 'SIGTERM'));
