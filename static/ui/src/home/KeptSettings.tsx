/** The settings, for those who look after them without being administrators of Confluence. */
import '../styles/settings.css';
import '../styles/rules.css';
import '../styles/tickets.css';
import { Settings } from '../settings/Settings';

export default function KeptSettings() {
  return <Settings within />;
}
