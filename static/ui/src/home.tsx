import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/board.css';
import './styles/home.css';
import './styles/health.css';
import { openRoute } from './api';
import { Home } from './home/Home';
import { start } from './start';

void start(() => <Home openRoute={openRoute} />, { administration: true });
