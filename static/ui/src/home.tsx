import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/board.css';
import './styles/home.css';
import './styles/health.css';
import { openRoute, type Route } from './api';
import { Home } from './home/Home';
import { start } from './start';

// What the address asks for is fetched beside context and texts, not after them.
const route = openRoute();
route.then((opened) => (opened.path().startsWith('/improvements') ? import('./home/Improvements') : null)).catch(() => undefined);
const opened = (): Promise<Route> => route;

void start(() => <Home openRoute={opened} />, { administration: true });
