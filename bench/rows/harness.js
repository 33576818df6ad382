/** Runs in every page, after `model.js`: does the operations, and marks the trace. */
(() => {
  const { action } = window;
  const PATIENCE = 60_000;

  const [runs, clears] = [['run'], ['clear']];
  const times = (count, ...steps) => Array(count).fill(steps).flat();
  const removals = [10, 9, 8, 7, 6, 5].map((number) => ['remove', number]);

  /** The nine operations: what comes before each, what is measured, what warms up a new page. */
  const operations = {
    create: { before: [clears], step: runs, warm: times(5, runs, clears) },
    replace: { before: [], step: runs, warm: times(5, runs) },
    update: { before: times(3, ['update']), step: ['update'], warm: [] },
    select: { before: [['select', 5]], step: ['select', 2], warm: [] },
    swap: { before: times(6, ['swaprows']), step: ['swaprows'], warm: [] },
    remove: { before: removals, step: ['remove', 4], warm: [] },
    append: { before: [clears, runs], step: ['add'], warm: times(5, runs, clears) },
    clear: { before: [clears, runs], step: clears, warm: times(5, runs, clears) },
    create10k: { before: [clears], step: ['runlots'], warm: times(5, runs, clears) },
  };

  /** A task of its own: what the page has queued before it runs first. */
  const next_task = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });

  const idle = () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));

  /** Until the page has drawn and has nothing left to do. */
  const rest = async () => {
    await idle();
    await idle();
  };

  /** Click, and wait until the table shows it; `mark` is told where work begins and ends. */
  const perform = async (step, mark = () => {}) => {
    const { target, seen, verify } = action(...step);
    const deadline = performance.now() + PATIENCE;
    mark('start');
    target.click();
    await null; // what the click has queued as microtasks has run after this
    mark('stop');
    while (!seen()) {
      if (performance.now() > deadline) {
        throw new Error(`${document.title}: the table does not show what ${step[0]} makes`);
      }
      mark('start');
      await next_task();
      mark('stop');
    }
    return verify;
  };

  const perform_all = async (steps) => {
    for (const step of steps) (await perform(step))();
  };

  window.bench = {
    operations: Object.keys(operations),

    /** Whether the page is there to be clicked. */
    is_ready: () => Boolean(document.querySelector('#swaprows') && document.querySelector('tbody')),

    /** Every operation once, without measuring. */
    check: async () => {
      for (const { before, step } of Object.values(operations)) await perform_all([...before, step]);
    },

    /** Do an operation's warm-ups. */
    warm: (name) => perform_all(operations[name].warm),

    /** One measured run: its marks in the trace are `label` and where they stand. */
    measure: async (name, label) => {
      const { before, step } = operations[name];
      await perform_all(before);
      await rest();
      window.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      const mark = (where) => performance.mark(`${label}/${where}`);
      const verify = await perform(step, mark);
      mark('layout');
      document.documentElement.getBoundingClientRect();
      mark('end');
      await rest();
      mark('rest');
      verify();
      performance.clearMarks();
    },
  };
})();
