/** The verbs that Python knows: imported there, in one place only, as `_gossamer`. */
export { adopt, element, find, held, node, release, sibling } from './nodes.js';
export { clone, define, rows, text_node } from './templates.js';
export { append, insert, move, remove } from './ranges.js';
export {
  attribute, classes, content, inner_html, no_attribute, property, style, text,
} from './writes.js';
export { choose, chosen, control_kind, control_value, show_value } from './controls.js';
export { event_now, listen, no_root, on_event, root } from './events.js';
export { announce, on_flush, report, schedule, shadow, warn } from './page.js';
