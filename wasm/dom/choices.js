/** Choices: a select shows its value as soon as there is an option for it. */

/** What each select is to show. @type {WeakMap<HTMLSelectElement, Set<string>>} */
const wanted = new WeakMap();

/** Options come, go and change their values. */
const observer = new MutationObserver((records) => {
  const changed = new Set(records.map(({ target }) =>
    (target instanceof Element ? target : target.parentElement)?.closest('select')));
  for (const select of changed) if (select) apply(select);
});

/** Choose some values, now and whenever the options change, until the user chooses.
 * @param {HTMLSelectElement} select @param {string[]} values */
export const choose_in = (select, values) => {
  if (!wanted.has(select)) {
    observer.observe(select, {
      attributeFilter: ['value'], characterData: true, childList: true, subtree: true,
    });
    select.addEventListener('change', forget);
  }
  wanted.set(select, new Set(values));
  apply(select);
};

/** @param {Event} event */
const forget = ({ currentTarget }) =>
  wanted.delete(/** @type {HTMLSelectElement} */ (currentTarget));

/** @param {HTMLSelectElement} select */
const apply = (select) => {
  const values = wanted.get(select);
  if (!values) return;
  const options = [...select.options];
  if (select.multiple) {
    for (const option of options) option.selected = values.has(option.value);
    return;
  }
  const shown = options[select.selectedIndex];
  if (shown && values.has(shown.value)) return;
  select.selectedIndex = options.findIndex((option) => values.has(option.value));
};
