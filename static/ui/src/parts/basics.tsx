/** Small parts every screen shares. State is always a word; colour only repeats it. */
import { useEffect, useState, type ButtonHTMLAttributes, type ReactNode } from 'react';
import type { AlertStatus, IncidentStatus, Severity } from '../../../../src/contract';
import { openLink } from '../api';
import { useWords } from '../words';
import { ExternalIcon } from './icons';

type Look = 'primary' | 'default' | 'quiet' | 'danger';
export function Button(props: ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: Look; readonly busy?: boolean }) {
  const { look = 'default', busy = false, className = '', type = 'button', disabled, children, ...rest } = props;
  return (
    // A busy button stays focusable: taking the focus away in mid-press would lose the reader's place.
    <button {...rest} type={type} className={`button button-${look} ${className}`} disabled={disabled} aria-disabled={busy || rest['aria-disabled'] || undefined} onClick={busy ? undefined : rest.onClick}>
      {children}
    </button>
  );
}

export function OutLink(props: { readonly href: string; readonly label?: string; readonly children: ReactNode; readonly className?: string }) {
  return (
    <a
      className={`link ${props.className ?? ''}`}
      href={props.href}
      aria-label={props.label}
      onClick={(event) => {
        event.preventDefault();
        openLink(props.href);
      }}
    >
      {props.children}
      <ExternalIcon />
    </a>
  );
}

/** A time in the viewer's zone, UTC on hover. */
export function Time(props: { readonly at: number; readonly now?: number }) {
  const words = useWords();
  return (
    <time dateTime={new Date(props.at).toISOString()} title={words.utc(props.at)} className="tabular">
      {props.now === undefined ? words.clock(props.at) : words.minute(props.at, props.now)}
    </time>
  );
}

/** The server's time, moving every `everyMs`. */
export function useNow(skew: number, everyMs: number): number {
  const [now, setNow] = useState(() => Date.now() + skew);
  useEffect(() => {
    const tick = (): void => setNow(Date.now() + skew);
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [skew, everyMs]);
  return now;
}

export function AlertWord(props: { readonly status: AlertStatus; readonly faded?: boolean }) {
  const { t } = useWords();
  return <span className={`alert-word alert-${props.status.toLowerCase()} ${props.faded === true ? 'faded' : ''}`}>{t(`alert.status.${props.status}`)}</span>;
}

/** Told by a webhook, not yet read in Mackerel. */
export function Unverified() {
  const { t } = useWords();
  return (
    <span className="unverified" title={t('alert.unverified.about')}>
      {t('alert.unverified')}
    </span>
  );
}

export function SeverityMark(props: { readonly severity: Severity; readonly over: boolean }) {
  const { t } = useWords();
  return <span className={`mark severity-${props.over ? 'over' : props.severity}`}>{t(`severity.${props.severity}`)}</span>;
}
export function StatusMark(props: { readonly status: IncidentStatus }) {
  const { t } = useWords();
  return <span className="mark mark-plain">{t(`status.${props.status}`)}</span>;
}

/** Short facts in a row, with a dot between those that share a line. */
export function Facts(props: { readonly children: ReactNode }) {
  return (
    <div className="facts">
      <div className="alert-facts">{props.children}</div>
    </div>
  );
}

/** A whole-area message: what happened, what to do. `top` where it is all there is on the screen. */
export function Notice(props: { readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode; readonly tone?: 'plain' | 'warning'; readonly live?: boolean; readonly top?: boolean }) {
  const Heading = props.top === true ? 'h1' : 'h2';
  return (
    <section className={`notice notice-${props.tone ?? 'plain'}`} role={props.live === true ? 'status' : undefined}>
      <Heading>{props.title}</Heading>
      {props.children}
      {props.actions !== undefined && <div className="notice-actions">{props.actions}</div>}
    </section>
  );
}
