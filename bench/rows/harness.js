/**
 * Runs in every page: clicks, marks the trace, and compares the table with a model of its own.
 *
 * The model knows what each operation of the js-framework-benchmark makes of the rows and of the
 * very nodes that show them, so that no page can be fast by doing less.
 */
(() => {
  const ROW = '<td class="col-md-1"></td><td class="col-md-4"><a></a></td><td class="col-md-1"><a>'
    + '<span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td><td class="col-md-6"></td>';
  const LABEL = /^[a-z]+ [a-z]+ [a-z]+$/;
  const PATIENCE = 60_000;

  /** What has to be in the table. */
  let model = { next: 1, ids: [], labels: [], nodes: [], selected: null };

  const rows = () => document.querySelector('tbody').rows;
  const id_of = (row) => Number(row.cells[0].textContent);
  const label_of = (row) => row.cells[1].textContent;
  const button = (id) => () => document.getElementById(id);
  const cell = (number, column, inside) => () => rows()[number - 1].cells[column].querySelector(inside);

  const made = (old, count) => {
    const ids = Array.from({ length: count }, (_, index) => old.next + index);
    return { ids, labels: ids.map(() => null), nodes: ids.map(() => null) };
  };
  const without = (list, index) => list.toSpliced(index, 1);
  const swapped = (list) => list.with(1, list[998]).with(998, list[1]);

  /** Each action: what is clicked, what is to be seen at once, what the model becomes.
   * `null` for a label or a node means one that was not there before. */
  const replace = (id, count) => ({
    target: button(id),
    seen: (old) => rows().length === count && id_of(rows()[count - 1]) === old.next + count - 1,
    after: (old) => ({ ...made(old, count), next: old.next + count, selected: null }),
  });
  const actions = {
    run: () => replace('run', 1000),
    runlots: () => replace('runlots', 10_000),
    add: () => ({
      target: button('add'),
      seen: (old) => rows().length === old.ids.length + 1000 && id_of(rows()[old.ids.length + 999]) === old.next + 999,
      after: (old) => {
        const { ids, labels, nodes } = made(old, 1000);
        return {
          next: old.next + 1000,
          ids: [...old.ids, ...ids],
          labels: [...old.labels, ...labels],
          nodes: [...old.nodes, ...nodes],
          selected: old.selected,
        };
      },
    }),
    update: () => ({
      target: button('update'),
      seen: (old) => {
        const last = Math.floor((old.ids.length - 1) / 10) * 10;
        return label_of(rows()[last]) === `${old.labels[last]} !!!`;
      },
      after: (old) => ({
        ...old,
        labels: old.labels.map((label, index) => (index % 10 ? label : `${label} !!!`)),
      }),
    }),
    select: (number) => ({
      target: cell(number, 1, 'a'),
      seen: () => rows()[number - 1].className === 'danger',
      after: (old) => ({ ...old, selected: old.ids[number - 1] }),
    }),
    swaprows: () => ({
      target: button('swaprows'),
      seen: (old) => id_of(rows()[1]) === old.ids[998] && id_of(rows()[998]) === old.ids[1],
      after: (old) => ({
        ...old, ids: swapped(old.ids), labels: swapped(old.labels), nodes: swapped(old.nodes),
      }),
    }),
    remove: (number) => ({
      target: cell(number, 2, 'span'),
      seen: (old) => rows().length === old.ids.length - 1,
      after: (old) => ({
        ...old,
        ids: without(old.ids, number - 1),
        labels: without(old.labels, number - 1),
        nodes: without(old.nodes, number - 1),
        selected: old.selected === old.ids[number - 1] ? null : old.selected,
      }),
    }),
    clear: () => ({
      target: button('clear'),
      seen: () => rows().length === 0,
      after: (old) => ({ next: old.next, ids: [], labels: [], nodes: [], selected: null }),
    }),
  };
  const [runs, clears] = [['run'], ['clear']];
  const rows_of = (from, to) => Array.from({ length: from - to + 1 }, (_, index) => ['remove', from - index]);
  const times = (count, ...steps) => Array(count).fill(steps).flat();

  /** The nine operations: what prepares each, what is measured, what warms it up when a page is new. */
  const operations = {
    create: { before: [clears], action: runs, warm: times(5, runs, clears) },
    replace: { before: [], action: runs, warm: times(5, runs) },
    update: { before: times(3, ['update']), action: ['update'], warm: [] },
    select: { before: [['select', 5]], action: ['select', 2], warm: [] },
    swap: { before: times(6, ['swaprows']), action: ['swaprows'], warm: [] },
    remove: { before: rows_of(10, 5), action: ['remove', 4], warm: [] },
    append: { before: [clears, runs], action: ['add'], warm: times(5, runs, clears) },
    clear: { before: [clears, runs], action: clears, warm: times(5, runs, clears) },
    create10k: { before: [clears], action: ['runlots'], warm: times(5, runs, clears) },
  };

  /** A task of its own; whatever the page has queued before it runs first. */
  const next_task = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });

  /** Until the page has drawn and has nothing left to do. */
  const rest = async () => {
    for (let i = 0; i < 2; i++) await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));
  };

  /** Click, and wait until the table shows it; `mark` is told where the work begins and ends. */
  const perform = async ([name, argument], mark = () => {}) => {
    const action = actions[name](argument);
    const target = action.target();
    const deadline = performance.now() + PATIENCE;
    mark('start');
    target.click();
    await null; // what the click has queued as microtasks has run after this
    mark('stop');
    while (!action.seen(model)) {
      if (performance.now() > deadline) throw new Error(`${document.title}: the table does not show what ${name} makes`);
      mark('start');
      await next_task();
      mark('stop');
    }
    return action;
  };

  const expect = (what, actual, expected) => {
    if (actual !== expected) throw new Error(`${document.title}: ${what}: ${actual} instead of ${expected}`);
  };

  /** Compare the table with the model, fill in what the model could not know, and keep it. */
  const verify = (action) => {
    const known = new Set(model.nodes);
    const wanted = action.after(model);
    const shown = [...rows()];
    expect('number of rows', shown.length, wanted.ids.length);
    wanted.labels = [...wanted.labels];
    wanted.nodes = [...wanted.nodes];
    shown.forEach((row, index) => {
      expect(`id of row ${index}`, id_of(row), wanted.ids[index]);
      expect(`class of row ${index}`, row.className, wanted.ids[index] === wanted.selected ? 'danger' : '');
      if (wanted.labels[index] === null) {
        expect(`label of row ${index} is made of three words`, LABEL.test(label_of(row)), true);
        wanted.labels[index] = label_of(row);
      }
      expect(`label of row ${index}`, label_of(row), wanted.labels[index]);
      if (wanted.nodes[index] === null) expect(`node of row ${index} is an old one`, known.has(row), false);
      else expect(`node of row ${index} is another one`, row === wanted.nodes[index], true);
      wanted.nodes[index] = row;
    });
    if (shown.length) verify_markup(shown.at(-1));
    model = wanted;
  };

  /** The elements and their attributes of a row are those of the benchmark. */
  const verify_markup = (row) => {
    const copy = row.cloneNode(true);
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
    const rest = [];
    while (walker.nextNode()) rest.push(walker.currentNode);
    for (const node of rest) node.remove();
    for (const link of copy.querySelectorAll('a')) {
      for (const { name } of [...link.attributes]) link.removeAttribute(name);
    }
    copy.querySelector('span').classList.remove('remove'); // how pages without handlers know it
    expect('markup of a row', copy.innerHTML, ROW);
  };

  const perform_all = async (steps) => {
    for (const step of steps) verify(await perform(step));
  };

  window.bench = {
    operations: Object.keys(operations),

    /** Whether the page is there to be clicked. */
    is_ready: () => Boolean(document.querySelector('#swaprows') && document.querySelector('tbody')),

    /** Every operation once, without measuring. */
    check: async () => {
      for (const { before, action } of Object.values(operations)) await perform_all([...before, action]);
    },

    /** Run an operation often, as the benchmark does before it measures. */
    warm: (name) => perform_all(operations[name].warm),

    /** One measured run: its marks in the trace are `label` and where they stand. */
    measure: async (name, label) => {
      const { before, action } = operations[name];
      await perform_all(before);
      await rest();
      window.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      const mark = (where) => performance.mark(`${label}/${where}`);
      const performed = await perform(action, mark);
      mark('layout');
      document.documentElement.getBoundingClientRect();
      mark('end');
      await rest();
      mark('rest');
      verify(performed);
      performance.clearMarks();
    },
  };
})();
