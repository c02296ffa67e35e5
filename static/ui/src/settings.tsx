import './styles/base.css';
import './styles/home.css';
import './styles/settings.css';
import './styles/rules.css';
import './styles/tickets.css';
import { Settings } from './settings/Settings';
import { start } from './start';

void start(() => <Settings />, { administration: true });
