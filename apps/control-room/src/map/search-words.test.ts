import { holdsWords, wordsOf } from './search-words.js';

const bridge = ['Outer Ring Road Qingliu River Bridge', '外环路清流河大桥', 'brg-01'];

test.each(['bridge ring', 'BRG-01', '清流河', '外环路 大桥', ''])('"%s" finds the bridge', (text) => {
  expect(holdsWords(bridge, wordsOf(text))).toBe(true);
});

test('one word that is nowhere finds nothing', () => {
  expect(holdsWords(bridge, wordsOf('bridge brg-02'))).toBe(false);
});
