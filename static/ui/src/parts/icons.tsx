/** Line icons, 16 px, in the text's colour; always beside a word. */
import type { ReactNode } from 'react';

function Icon(props: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {props.children}
    </svg>
  );
}
export const CaretIcon = () => (
  <Icon>
    <path d="M4.5 6.5 8 10l3.5-3.5" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m3.5 8.5 3 3 6-7" />
  </Icon>
);
export const ExternalIcon = () => (
  <Icon>
    <path d="M6.5 4H4v8h8V9.500M9.500 3.500H12.500V6.500M12.500 3.500 7.500 8.500" />
  </Icon>
);
export const ExpandIcon = () => (
  <Icon>
    <path d="M9.500 2.500h4v4M13.500 2.500 9.500 6.500M6.500 13.500h-4v-4M2.500 13.500l4-4" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <path d="M4 7.500h8v6H4zM5.500 7.500V5.500a2.500 2.500 0 0 1 5 0v2" />
  </Icon>
);
export const GroupIcon = () => (
  <Icon>
    <path d="M6 7.500a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400M1.500 13c0-2.500 2-4 4.500-4s4.500 1.500 4.500 4M10.500 7.500a2 2 0 0 0 0-4M12 9.300c1.500.500 2.500 1.800 2.500 3.700" />
  </Icon>
);
export const TrendIcon = (props: { readonly to: 'up' | 'down' | 'flat' }) => (
  <Icon>
    <path d={{ up: 'M3.500 12.500 12.500 3.500M6.500 3.500h6v6', down: 'M3.500 3.500l9 9M12.500 6.500v6h-6', flat: 'M2.500 8h11M9.500 4l4 4-4 4' }[props.to]} />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M8 3.500v9M3.500 8h9" />
  </Icon>
);
export const MinusIcon = () => (
  <Icon>
    <path d="M3.500 8h9" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
export const PencilIcon = () => (
  <Icon>
    <path d="m3 13 .6-2.800L10.700 3.100a1.200 1.200 0 0 1 1.700 0l.5.5a1.200 1.200 0 0 1 0 1.700L5.800 12.400 3 13z" />
  </Icon>
);
export const MoreIcon = () => (
  <Icon>
    <path d="M3.500 8h.01M8 8h.01M12.500 8h.01" strokeWidth="2.400" />
  </Icon>
);
export const PinIcon = (props: { readonly on: boolean }) => (
  <Icon>
    <path d="M6 2.500h4M6.500 2.500v4L4.500 9v1h7V9l-2-2.500v-4M8 10v3.500" fill={props.on ? 'currentColor' : 'none'} />
  </Icon>
);
export const RemoveIcon = () => (
  <Icon>
    <path d="M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.6 9h5.800l.6-9" />
  </Icon>
);
export const RewindIcon = () => (
  <Icon>
    <path d="M3 3v3.500h3.500M3.300 6.200a5 5 0 1 1-.2 3M8 5.500V8l2 1.500" />
  </Icon>
);
export const PasteIcon = () => (
  <Icon>
    <path d="M5.500 3.500h-2v10h9v-10h-2M5.500 2.500h5v2.500h-5zM6 8h4M6 10.500h4" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <path d="M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3" />
  </Icon>
);
export const TicketIcon = () => (
  <Icon>
    <path d="M2.500 5.500v-1h11v2a1.500 1.500 0 0 0 0 3v2h-11v-2a1.500 1.500 0 0 0 0-3zM9.500 4.500v1.500M9.500 10v1.500" />
  </Icon>
);
