/** Random labels, of the benchmark's own words. */
const ADJECTIVES = ('pretty large big small tall short long handsome plain quaint clean elegant easy angry crazy '
  + 'helpful mushy odd unsightly adorable important inexpensive cheap expensive fancy').split(' ');
const COLOURS = 'red yellow blue green pink brown purple brown white black orange'.split(' ');
const NOUNS = 'table chair house bbq desk car pony cookie sandwich burger pizza mouse keyboard'.split(' ');

const one_of = (words) => words[Math.round(Math.random() * 1000) % words.length];

export const label = () => `${one_of(ADJECTIVES)} ${one_of(COLOURS)} ${one_of(NOUNS)}`;
