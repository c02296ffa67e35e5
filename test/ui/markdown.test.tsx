import './bridge';
import { cleanup } from '@testing-library/react';
import Markdown from '../../static/ui/src/board/timeline/Markdown';
import { show } from './samples';
test('x',()=>{
 for (const t of ['**b** *i* `c` _u_','# head\n> quote\n---\n<img src=x onerror=alert(1)>\n<script>x</script>','![a](https://x.y/z.png) [ok](https://x.y) [bad](javascript:alert(1)) <https://a.b> https://c.d/e','- a\n  - b\n- [ ] c\n- [x] d\n\n1. x\n2. y','```js\n<b>&lt;\n```\n\nend','| a | b |\n|--|--|\n| 1 | 2 |','a\nb\n\nc','[ref]: https://x.y\n[ref]','~~del~~ &lt; \\*esc\\*','    indented','title\n====','[![i](https://x/i.png)](https://y.z)','- '.repeat(2000)+'x','[a](data:text/html,x) [**b**](http://q.r)','*'.repeat(3000),'[['.repeat(1500), '<'.repeat(3000)])
  { const s=Date.now(); const {container}=show(<Markdown text={t}/>); console.log(JSON.stringify(t.slice(0,60)), Date.now()-s, container.innerHTML.slice(0,400)); cleanup(); }
});
