import './styles/base.css';
import './styles/home.css';
import './styles/settings.css';
import { Settings } from './settings/Settings';
import { start } from './start';

void start(() => <Settings />);
