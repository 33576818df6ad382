/** The verbs that Python knows: imported there, in one place only, as `_gossamer`. */
export { adopt, element, find, held, node, release, sibling } from './nodes.js';
export { clone, define, rows, text_node } from './templates.js';
export { park, unpark } from './parking.js';
export { append, insert, move, remove } from './ranges.js';
export {
  attribute, classes, content, inner_html, no_attribute, style, text,
} from './writes.js';
export { property } from './properties.js';
export { callback, on_call } from './calls.js';
export { define_element, emit, form_value, lodge } from './custom.js';
export {
  bind, choose, chosen, control_value, files, is_on, open, show_value,
} from './controls.js';
export { dress, glide, hurry, leave, linger, measure, stay } from './motion.js';
export { data, is_built } from './built.js';
export { module } from './modules.js';
export { exchange, line } from './network.js';
export { event_now, listen, no_root, on_event, root } from './events.js';
export {
  announce, on_flush, on_tidy, report, schedule, shadow, tidy_later, warn,
} from './page.js';
export { bring, commit, depart, drop, hold, route, travel, unroute, visit } from './routing.js';
export {
  form_abort, form_busy, form_entries, form_focus, form_native, form_reset, form_send,
} from './forms.js';
export { attribute_now, enter_head, entitle, make } from './head.js';
export { handed } from './handed.js';
export { hydrate } from './hydrating.js';
export { on_island, take_island } from './islands.js';
export { replay } from './replaying.js';
export { is_touched } from './keeping.js';
export { hire } from './workers.js';
