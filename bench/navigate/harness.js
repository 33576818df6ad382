/** Runs in both pages: follows a link, looks at what it shows, and marks the trace. */
(() => {
  const PATIENCE = 60_000;
  const base = location.pathname.replace(/\/$/, '');
  const all = (selector) => [...document.querySelectorAll(`#main ${selector}`)];
  const texts = (selector) => all(selector).map((element) => element.textContent).join();
  const numbered = (word, count) =>
    Array.from({ length: count }, (_, index) => `${word} ${index + 1}`).join();

  /** The two ways: the link, where it leads, and the page there. */
  const ways = {
    item: (number) => ({
      link: all('li a')[number - 1],
      path: `${base}/item/${number}`,
      page: { h1: `Story ${number}`, p: numbered('Comment', 20), li: '' },
    }),
    list: () => ({
      link: all('a.up')[0],
      path: base,
      page: { h1: 'Stories', p: '', li: numbered('Story', 30) },
    }),
  };

  const idle = () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));

  /** Until the page shows what it has to, at its address; asked only when something has changed. */
  const wait = (path, heading) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${document.title}: ${path} is not shown`)), PATIENCE);
    const look = () => {
      if (location.pathname.replace(/\/$/, '') !== path || all('h1')[0]?.textContent !== heading) return;
      clearTimeout(late);
      observer.disconnect();
      navigation.removeEventListener('currententrychange', look);
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.getElementById('main'), { childList: true, subtree: true, characterData: true });
    navigation.addEventListener('currententrychange', look);
  });

  window.bench = {
    /** Whether the list is there. */
    is_ready: () => all('li').length === 30,

    /** Follow one link: its marks in the trace are `label` and where they stand. */
    measure: async (name, number, label) => {
      const { link, path, page } = ways[name](number);
      await idle();
      await idle();
      window.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      const there = wait(path, page.h1);
      performance.mark(`${label}/start`);
      link.click();
      await there;
      performance.mark(`${label}/stop`);
      performance.mark(`${label}/layout`);
      document.documentElement.getBoundingClientRect();
      performance.mark(`${label}/end`);
      performance.clearMarks();
      for (const [selector, wanted] of Object.entries(page)) {
        const shown = texts(selector);
        if (shown !== wanted) throw new Error(`${document.title}: ${selector} of ${path} is ${shown}`);
      }
    },
  };
})();
