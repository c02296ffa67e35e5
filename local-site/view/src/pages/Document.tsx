/** A page's ADF, drawn by Atlassian's renderer; macros of the app become frames. */
import { Component, type ErrorInfo, type ReactElement, type ReactNode } from 'react';
import type { ExtensionHandlers, ExtensionParams } from '@atlaskit/editor-common/extensions';
import { CardClient, SmartCardProvider } from '@atlaskit/link-provider';
import { ReactRenderer } from '@atlaskit/renderer';
import { IntlProvider } from 'react-intl-next';
import type { PageView } from '../../../web/api-types';
import { Frame } from '../bridge/Frame';
import { macroOf, placeOfMacro, type MacroAttrs } from '../bridge/macro';
import { useSession } from '../session';
import { useWords } from '../words';

/** Smart links show the address: nothing outside this machine is asked. */
class OfflineLinks extends CardClient {
  override async fetchData(url: string): ReturnType<CardClient['fetchData']> {
    const data = { '@context': { '@vocab': 'https://www.w3.org/ns/activitystreams#' }, '@type': 'Object', name: url.replace(/^https?:\/\//, ''), url };
    return { meta: { access: 'granted', visibility: 'public' }, data } as Awaited<ReturnType<CardClient['fetchData']>>;
  }
  override async prefetchData(url: string): ReturnType<CardClient['prefetchData']> {
    return this.fetchData(url);
  }
}
const links = new OfflineLinks();

export default function Document({ page }: { readonly page: PageView }): ReactElement {
  const { lang } = useSession();
  const draw = (extension: ExtensionParams<Record<string, unknown>>): ReactElement => (
    <MacroBoundary>
      <Macro extension={extension} page={page} />
    </MacroBoundary>
  );
  const handlers = { 'com.atlassian.ecosystem': draw } as unknown as ExtensionHandlers;
  return (
    <IntlProvider locale={lang} onError={() => undefined}>
      <SmartCardProvider client={links}>
        <ReactRenderer
          document={page.body as never}
          appearance={page.width === 'full' ? 'full-width' : 'full-page'}
          extensionHandlers={handlers}
          allowColumnSorting
          allowCopyToClipboard
          allowHeadingAnchorLinks
          disableActions
        />
      </SmartCardProvider>
    </IntlProvider>
  );
}

function Macro({ extension, page }: { readonly extension: ExtensionParams<Record<string, unknown>>; readonly page: PageView }): ReactElement {
  const session = useSession();
  const say = useWords();
  const { extensionKey, parameters } = extension;
  const attrs: MacroAttrs = { extensionType: 'com.atlassian.ecosystem', extensionKey, parameters };
  const module = macroOf(session, attrs);
  if (!module) return <div className="notice">{say('unknownMacro', { key: extensionKey })}</div>;
  return <Frame module={module} place={placeOfMacro(attrs, { contentId: page.id, spaceKey: page.space.key })} />;
}

/** A macro that fails to draw takes only itself down. */
class MacroBoundary extends Component<{ readonly children: ReactNode }, { readonly message: string | null }> {
  override state = { message: null as string | null };
  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }
  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }
  override render(): ReactNode {
    return this.state.message === null ? this.props.children : <div className="notice notice-error">{this.state.message}</div>;
  }
}
