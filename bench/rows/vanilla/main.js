/** The rows by hand: clone a template, keep the nodes in an array, one listener for all. */
import { label } from '../labels.js';

const table = document.querySelector('tbody');
const prototype = document.createElement('tr');
prototype.innerHTML = '<td class="col-md-1"></td><td class="col-md-4"><a class="label-of"></a></td>'
  + '<td class="col-md-1"><a class="remove"><span class="remove glyphicon glyphicon-remove" aria-hidden="true">'
  + '</span></a></td><td class="col-md-6"></td>';

let next = 1;
let data = [];
let rows = [];
let selected = null;

const make_data = (count) => {
  const made = [];
  for (let i = 0; i < count; i++) made.push({ id: next++, label: label() });
  return made;
};

const make_row = ({ id, label }) => {
  const row = prototype.cloneNode(true);
  const number = row.firstChild;
  row.number = id;
  number.textContent = id;
  number.nextSibling.firstChild.textContent = label;
  return row;
};

const append = (added) => {
  for (const item of added) {
    const row = make_row(item);
    data.push(item);
    rows.push(row);
    table.appendChild(row);
  }
};

const clear = () => {
  table.textContent = '';
  data = [];
  rows = [];
  selected = null;
};

const replace = (count) => {
  clear();
  append(make_data(count));
};

const update = () => {
  for (let i = 0; i < data.length; i += 10) {
    data[i].label += ' !!!';
    rows[i].childNodes[1].firstChild.innerText = data[i].label;
  }
};

const swap = () => {
  if (data.length <= 998) return;
  table.insertBefore(rows[998], rows[2]);
  table.insertBefore(rows[1], rows[999]);
  [data[1], data[998]] = [data[998], data[1]];
  [rows[1], rows[998]] = [rows[998], rows[1]];
};

const select = (row) => {
  if (selected) selected.className = '';
  selected = row;
  row.className = 'danger';
};

const remove = (row) => {
  const index = data.findIndex(({ id }) => id === row.number);
  data.splice(index, 1);
  rows.splice(index, 1);
  row.remove();
  if (selected === row) selected = null;
};

const actions = {
  run: () => replace(1000),
  runlots: () => replace(10_000),
  add: () => append(make_data(1000)),
  update,
  clear,
  swaprows: swap,
};

document.getElementById('main').addEventListener('click', ({ target }) => {
  if (target.id in actions) actions[target.id]();
  else if (target.matches('.remove')) remove(target.closest('tr'));
  else if (target.matches('.label-of')) select(target.closest('tr'));
});
