/** One file for both sides: a page imports `hire` from it, and runs it as the worker's script. */
import { serve } from './serving.js';

export { hire } from './hiring.js';

if ('DedicatedWorkerGlobalScope' in globalThis) serve();
