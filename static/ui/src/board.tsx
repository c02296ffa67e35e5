import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/board.css';
import { Board } from './board/Board';
import { SampleCard, StillCard, TemplateCard } from './board/states/Cards';
import type { ViewerContext } from './context';
import { start } from './start';

function placed({ pageId, spaceKey, config, autoConvertLink, templateId, isEditing, isConfiguring }: ViewerContext) {
  if (templateId !== null) return <TemplateCard />;
  if (isEditing || isConfiguring) return <StillCard />;
  const { incidentId, sections, compact } = config;
  if (incidentId?.startsWith('sample-') === true) return <SampleCard />;
  return <Board target={{ pageId, incidentId }} place="page" macro={{ sections, compact, spaceKey, link: autoConvertLink }} />;
}

void start((context) => <main>{placed(context)}</main>);
