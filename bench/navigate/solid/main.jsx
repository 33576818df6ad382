/** A list and its items, each at an address. */
import { A, Route, Router, useParams } from '@solidjs/router';
import { For, createMemo } from 'solid-js';
import { render } from 'solid-js/web';

const COMMENTS = Array.from({ length: 20 }, (_, index) => `Comment ${index + 1}`);
const STORIES = new Map(Array.from({ length: 30 }, (_, index) => [index + 1, `Story ${index + 1}`]));

const Row = (props) => <li><A href={`/item/${props.entry[0]}`}>{props.entry[1]}</A></li>;

const Stories = () => (
  <>
    <h1>Stories</h1>
    <ul><For each={[...STORIES]}>{(entry) => <Row entry={entry} />}</For></ul>
  </>
);

const Item = () => {
  const params = useParams();
  const title = createMemo(() => STORIES.get(Number(params.id)));
  return (
    <>
      <h1>{title()}</h1>
      <For each={COMMENTS}>{(text) => <p>{text}</p>}</For>
      <A href="/" class="up" end>Stories</A>
    </>
  );
};

const App = () => (
  <Router base="/navigate/solid">
    <Route path="/" component={Stories} />
    <Route path="/item/:id" component={Item} />
  </Router>
);

render(App, document.getElementById('main'));
