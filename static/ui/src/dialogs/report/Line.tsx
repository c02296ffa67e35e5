import type { ReportInline, ReportLine } from '../../../../../src/contract';
import { OutLink } from '../../parts/basics';
import { Person } from '../../parts/people';

function Part(props: { readonly part: ReportInline }) {
  const { part } = props;
  if ('person' in part) return <Person person={{ accountId: part.person }} />;
  return 'link' in part ? <OutLink href={part.link}>{part.text}</OutLink> : <>{part.text}</>;
}
/** People by name, links as links. */
export const Line = (props: { readonly line: ReportLine }) => (
  <>
    {props.line.map((part, n) => (
      <Part key={n} part={part} />
    ))}
  </>
);
