import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/board.css';
import { MetricGraph } from './graph/MetricGraph';
import { start } from './start';

void start(({ graph, pageId, isEditing, isConfiguring }) => (
  <main className="metric-graph">
    <MetricGraph wanted={graph} pageId={pageId} still={isEditing || isConfiguring} />
  </main>
));
