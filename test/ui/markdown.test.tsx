import { navigated, resetBridge } from './bridge';
import { cleanup, fireEvent, waitFor } from '@testing-library/react';
import Markdown from '../../static/ui/src/board/timeline/Markdown';
import { show } from './samples';

beforeEach(resetBridge);
afterEach(cleanup);

/** The elements alone, icons left out. */
function drawn(text: string): string {
  const { container } = show(<Markdown text={text} />);
  for (const icon of container.querySelectorAll('svg')) icon.remove();
  const html = container.innerHTML.replace(/ class="link "/g, '');
  cleanup();
  return html;
}

test.each([
  ['**bold** *italic* _too_ `code`', '<p><strong>bold</strong> <em>italic</em> <em>too</em> <code>code</code></p>'],
  ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
  ['- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
  ['3. x\n4. y', '<ol start="3"><li>x</li><li>y</li></ol>'],
  ['- [ ] open\n- [x] done', '<ul><li>[ ] open</li><li>[x] done</li></ul>'],
  ['```sh\n<b> && echo\n```\nafter', '<pre tabindex="0"><code>&lt;b&gt; &amp;&amp; echo</code></pre><p>after</p>'],
  ['[graph](https://g.example/d) and https://c.example/x', '<p><a href="https://g.example/d">graph</a> and <a href="https://c.example/x">https://c.example/x</a></p>'],
  ['https://c.example/xを見て', '<p><a href="https://c.example/x">https://c.example/x</a>を見て</p>'],
  ['\\*as typed\\*', '<p>*as typed*</p>'],
])('%j is drawn', (text, html) => {
  expect(drawn(text)).toBe(html);
});

test.each([
  ['# heading', '<p># heading</p>'],
  ['> quote', '<p>&gt; quote</p>'],
  ['a\n===', '<p>a<br>===</p>'],
  ['---', '<p>---</p>'],
  ['| a |\n|---|\n| b |', '<p>| a |<br>|---|<br>| b |</p>'],
  ['~~gone~~ &lt;', '<p>~~gone~~ &amp;lt;</p>'],
  ['<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>'],
  ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
  ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
  ['![pixel](https://t.example/p.png)', '<p>![pixel](https://t.example/p.png)</p>'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['[x](data:text/html,hi)', '<p>[x](data:text/html,hi)</p>'],
  ['[x](vbscript:y) <javascript:alert(1)>', '<p>[x](vbscript:y) &lt;javascript:alert(1)&gt;</p>'],
  ['[x][1]\n\n[1]: https://r.example', '<p>[x][1]</p><p>[1]: <a href="https://r.example/">https://r.example</a></p>'],
])('%j is outside the subset and stays as typed', (text, html) => {
  expect(drawn(text)).toBe(html);
});

test.each([['- '.repeat(2000)], ['['.repeat(3000)], ['*'.repeat(3000)], ['<'.repeat(3000)], ['**a '.repeat(800)], ['`'.repeat(2500)], ['1. '.repeat(1300)]])('a text made to choke the reader is still shown: %.6s…', (text) => {
  const { container } = show(<Markdown text={text} />);
  expect(container.textContent?.length).toBeGreaterThan(0);
  expect(container.querySelectorAll('img, script, iframe, style')).toHaveLength(0);
});

test('a link is opened by the host, in another tab', async () => {
  const { getByRole } = show(<Markdown text="[graph](https://g.example/d)" />);
  fireEvent.click(getByRole('link', { name: 'graph' }));
  await waitFor(() => expect(navigated).toEqual([{ url: 'https://g.example/d', type: 'new-tab' }]));
});
