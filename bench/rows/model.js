/**
 * Runs in every page: knows what each action makes of the table, and compares.
 *
 * It knows the very nodes that show the rows too, so that no page can be fast by doing less.
 */
(() => {
  const ROW = '<td class="col-md-1"></td><td class="col-md-4"><a></a></td><td class="col-md-1"><a>'
    + '<span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td><td class="col-md-6"></td>';
  const LABEL = /^[a-z]+ [a-z]+ [a-z]+$/;

  /** What has to be in the table. */
  let model = { next: 1, ids: [], labels: [], nodes: [], selected: null };

  const rows = () => document.querySelector('tbody').rows;
  const id_of = (row) => Number(row.cells[0].textContent);
  const label_of = (row) => row.cells[1].textContent;
  const button = (id) => () => document.getElementById(id);
  const cell = (number, column, inside) => () => rows()[number - 1].cells[column].querySelector(inside);

  /** Rows that were not there before: `null` for a label or a node that nobody knows yet. */
  const fresh = (first, count) => ({
    ids: Array.from({ length: count }, (_, index) => first + index),
    labels: Array(count).fill(null),
    nodes: Array(count).fill(null),
  });
  const of_each = ({ ids, labels, nodes }, change) =>
    ({ ids: change(ids), labels: change(labels), nodes: change(nodes) });
  const is_last = (count, id) => rows().length === count && id_of(rows()[count - 1]) === id;

  const replace = (id, count) => ({
    target: button(id),
    seen: () => is_last(count, model.next + count - 1),
    after: () => ({ ...fresh(model.next, count), next: model.next + count, selected: null }),
  });

  /** Each action: what is clicked, whether the table shows it at first sight, the model after it. */
  const actions = {
    run: () => replace('run', 1000),
    runlots: () => replace('runlots', 10_000),
    add: () => ({
      target: button('add'),
      seen: () => is_last(model.ids.length + 1000, model.next + 999),
      after: () => {
        const { ids, labels, nodes } = fresh(model.next, 1000);
        return {
          next: model.next + 1000,
          ids: [...model.ids, ...ids],
          labels: [...model.labels, ...labels],
          nodes: [...model.nodes, ...nodes],
          selected: model.selected,
        };
      },
    }),
    update: () => ({
      target: button('update'),
      seen: () => {
        const last = Math.floor((model.ids.length - 1) / 10) * 10;
        return label_of(rows()[last]) === `${model.labels[last]} !!!`;
      },
      after: () => ({
        ...model,
        labels: model.labels.map((label, index) => (index % 10 ? label : `${label} !!!`)),
      }),
    }),
    select: (number) => ({
      target: cell(number, 1, 'a'),
      seen: () => rows()[number - 1].className === 'danger',
      after: () => ({ ...model, selected: model.ids[number - 1] }),
    }),
    swaprows: () => ({
      target: button('swaprows'),
      seen: () => id_of(rows()[1]) === model.ids[998] && id_of(rows()[998]) === model.ids[1],
      after: () => ({
        ...model, ...of_each(model, (list) => list.with(1, list[998]).with(998, list[1])),
      }),
    }),
    remove: (number) => ({
      target: cell(number, 2, 'span'),
      seen: () => rows().length === model.ids.length - 1,
      after: () => ({
        ...model,
        ...of_each(model, (list) => list.toSpliced(number - 1, 1)),
        selected: model.selected === model.ids[number - 1] ? null : model.selected,
      }),
    }),
    clear: () => ({
      target: button('clear'),
      seen: () => rows().length === 0,
      after: () => ({ ...fresh(1, 0), next: model.next, selected: null }),
    }),
  };

  const expect = (what, actual, expected) => {
    if (actual === expected) return;
    throw new Error(`${document.title}: ${what}: ${actual} instead of ${expected}`);
  };

  /** Compare a row with what is known of it, and give back what was not. */
  const verify_row = (row, index, wanted, known) => {
    expect(`id of row ${index}`, id_of(row), wanted.ids[index]);
    expect(`class of row ${index}`, row.className, wanted.ids[index] === wanted.selected ? 'danger' : '');
    const label = label_of(row);
    if (wanted.labels[index] !== null) expect(`label of row ${index}`, label, wanted.labels[index]);
    else expect(`label of row ${index} is made of three words`, LABEL.test(label), true);
    const node = wanted.nodes[index];
    if (node === null) expect(`node of row ${index} is an old one`, known.has(row), false);
    else expect(`node of row ${index} is the one it was`, row === node, true);
    return label;
  };

  /** The elements and attributes of a row are the benchmark's; what is between them is free. */
  const verify_markup = (row) => {
    const copy = row.cloneNode(true);
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
    const others = [];
    while (walker.nextNode()) others.push(walker.currentNode);
    for (const node of others) node.remove();
    for (const link of copy.querySelectorAll('a')) {
      for (const { name } of [...link.attributes]) link.removeAttribute(name);
    }
    copy.querySelector('span').classList.remove('remove'); // how pages with one listener know it
    expect('markup of a row', copy.innerHTML, ROW);
  };

  /** An action by its name, ready to be done. */
  window.action = (name, argument) => {
    const { target, seen, after } = actions[name](argument);
    return {
      target: target(),
      seen,
      /** Compare the whole table with what it has to be now. */
      verify: () => {
        const known = new Set(model.nodes);
        const wanted = after();
        const shown = [...rows()];
        expect('number of rows', shown.length, wanted.ids.length);
        const labels = shown.map((row, index) => verify_row(row, index, wanted, known));
        if (shown.length) verify_markup(shown.at(-1));
        model = { ...wanted, labels, nodes: shown };
      },
    };
  };
})();
