/** The rows in Solid, as its own entry writes them; compiled by its Babel preset. */
import { For, batch, createSelector, createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { label } from '../labels.js';

let next = 1;

const make_rows = (count) => {
  const rows = new Array(count);
  for (let i = 0; i < count; i++) {
    const [text, set_text] = createSignal(label());
    rows[i] = { id: next++, label: text, set_label: set_text };
  }
  return rows;
};

const Action = (props) => (
  <div class="col-sm-6 smallpad">
    <button id={props.id} class="btn btn-primary btn-block" type="button" onClick={props.run}>{props.text}</button>
  </div>
);

const App = () => {
  const [rows, set_rows] = createSignal([]);
  const [selected, set_selected] = createSignal(null);
  const is_selected = createSelector(selected);

  const run = () => set_rows(make_rows(1000));
  const run_lots = () => set_rows(make_rows(10_000));
  const add = () => set_rows((old) => [...old, ...make_rows(1000)]);
  const update = () => batch(() => {
    const all = rows();
    for (let i = 0; i < all.length; i += 10) all[i].set_label((text) => `${text} !!!`);
  });
  const clear = () => set_rows([]);
  const swap = () => {
    const swapped = rows().slice();
    if (swapped.length <= 998) return;
    [swapped[1], swapped[998]] = [swapped[998], swapped[1]];
    set_rows(swapped);
  };
  const remove = (id) => set_rows((old) => old.toSpliced(old.findIndex((row) => row.id === id), 1));

  return (
    <div class="container">
      <div class="jumbotron"><div class="row">
        <div class="col-md-6"><h1>Solid-keyed</h1></div>
        <div class="col-md-6"><div class="row">
          <Action id="run" text="Create 1,000 rows" run={run} />
          <Action id="runlots" text="Create 10,000 rows" run={run_lots} />
          <Action id="add" text="Append 1,000 rows" run={add} />
          <Action id="update" text="Update every 10th row" run={update} />
          <Action id="clear" text="Clear" run={clear} />
          <Action id="swaprows" text="Swap Rows" run={swap} />
        </div></div>
      </div></div>
      <table class="table table-hover table-striped test-data"><tbody>
        <For each={rows()}>{(row) => {
          const id = row.id;
          return (
            <tr class={is_selected(id) ? 'danger' : ''}>
              <td class="col-md-1" textContent={id} />
              <td class="col-md-4"><a onClick={[set_selected, id]} textContent={row.label()} /></td>
              <td class="col-md-1"><a onClick={[remove, id]}><span class="glyphicon glyphicon-remove" aria-hidden="true" /></a></td>
              <td class="col-md-6" />
            </tr>
          );
        }}</For>
      </tbody></table>
      <span class="preloadicon glyphicon glyphicon-remove" aria-hidden="true" />
    </div>
  );
};

render(App, document.getElementById('main'));
