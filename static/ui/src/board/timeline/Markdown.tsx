/** A subset of Markdown as elements: bold, italic, code, lists, links. What is outside it stays as it was typed; no HTML, no images. */
import type { ReactNode } from 'react';
import { Lexer, Tokenizer, type Token, type Tokens } from 'marked';
import { OutLink } from '../../parts/basics';
import { webAddress } from './address';

const nothing = (): undefined => undefined;

/** Knows the subset only: for everything else it finds plain text. */
class Subset extends Tokenizer {
  override code = nothing;
  override heading = nothing;
  override hr = nothing;
  override blockquote = nothing;
  override html = nothing;
  override def = nothing;
  override table = nothing;
  override lheading = nothing;
  override tag = nothing;
  override reflink = nothing;
  override del = nothing;
  /** Japanese goes on without a space: an address ends where its own signs end. */
  override url(text: string): Tokens.Link | undefined {
    return super.url(/^[\x21-\x7e]+/.exec(text)?.[0] ?? '');
  }
}
const DEEPEST = 8;

/** Tokens of the text; a text too twisted to be read is one plain token. */
function read(text: string): readonly Token[] {
  try {
    return new Lexer({ gfm: true, breaks: true, tokenizer: new Subset() }).lex(text);
  } catch {
    return [{ type: 'text', raw: text, text }];
  }
}

function all(tokens: readonly Token[] | undefined, depth: number): ReactNode {
  return tokens?.map((token, n) => <Drawn key={n} token={token as Tokens.Generic} depth={depth} />);
}

function Drawn({ token, depth }: { readonly token: Tokens.Generic; readonly depth: number }): ReactNode {
  if (depth > DEEPEST) return token.raw;
  const inner = (): ReactNode => (token.tokens === undefined ? (token['text'] as string) : all(token.tokens, depth + 1));
  switch (token.type) {
    case 'space':
      return null;
    case 'paragraph':
      return <p>{inner()}</p>;
    case 'code':
      if (token['text'] === '') return <p>{token.raw}</p>;
      return (
        <pre tabIndex={0}>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      );
    case 'list':
      return <List list={token as Tokens.List} depth={depth} />;
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'em':
      return <em>{inner()}</em>;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'checkbox':
      return (token as Tokens.Checkbox).checked ? '[x] ' : '[ ] ';
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'text':
      return inner();
    case 'link': {
      const link = token as Tokens.Link;
      const address = link.raw.startsWith('!') ? null : webAddress(link.href);
      return address === null ? link.raw : <OutLink href={address}>{inner()}</OutLink>;
    }
    default:
      return token.raw;
  }
}

function List({ list, depth }: { readonly list: Tokens.List; readonly depth: number }) {
  const items = list.items.map((item, n) => <li key={n}>{all(item.tokens, depth + 1)}</li>);
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>;
}

export default function Markdown(props: { readonly text: string }) {
  return <>{all(read(props.text), 0)}</>;
}
