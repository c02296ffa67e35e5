/** The icons a surface may name. */
import { useEffect } from 'react';
import add from '@atlaskit/icon/core/add';
import alert from '@atlaskit/icon/core/alert';
import arrowDown from '@atlaskit/icon/core/arrow-down';
import arrowRight from '@atlaskit/icon/core/arrow-right';
import arrowUp from '@atlaskit/icon/core/arrow-up';
import calendar from '@atlaskit/icon/core/calendar';
import checkMark from '@atlaskit/icon/core/check-mark';
import clock from '@atlaskit/icon/core/clock';
import close from '@atlaskit/icon/core/close';
import comment from '@atlaskit/icon/core/comment';
import copy from '@atlaskit/icon/core/copy';
import del from '@atlaskit/icon/core/delete';
import edit from '@atlaskit/icon/core/edit';
import incident from '@atlaskit/icon/core/incident';
import information from '@atlaskit/icon/core/information';
import link from '@atlaskit/icon/core/link';
import linkExternal from '@atlaskit/icon/core/link-external';
import page from '@atlaskit/icon/core/page';
import refresh from '@atlaskit/icon/core/refresh';
import search from '@atlaskit/icon/core/search';
import settings from '@atlaskit/icon/core/settings';
import statusError from '@atlaskit/icon/core/status-error';
import statusInformation from '@atlaskit/icon/core/status-information';
import statusSuccess from '@atlaskit/icon/core/status-success';
import statusWarning from '@atlaskit/icon/core/status-warning';
import task from '@atlaskit/icon/core/task';
import warning from '@atlaskit/icon/core/warning';
import { report } from '../bridge/unmodelled';

type IconComponent = typeof add;
const ICONS: Readonly<Record<string, IconComponent>> = {
  add, alert, 'arrow-down': arrowDown, 'arrow-right': arrowRight, 'arrow-up': arrowUp, calendar, 'check-mark': checkMark, clock, close, comment, copy,
  delete: del, edit, incident, information, link, 'link-external': linkExternal, page, refresh, search, settings,
  'status-error': statusError, 'status-information': statusInformation, 'status-success': statusSuccess, 'status-warning': statusWarning, task, warning,
};

/** null for none, and for one that is not here, which is reported. */
export function useIcon(name: string | undefined): IconComponent | null {
  const found = name !== undefined && Object.hasOwn(ICONS, name) ? (ICONS[name] ?? null) : null;
  const missing = name !== undefined && found === null ? name : null;
  useEffect(() => {
    if (missing !== null) void report(`UI Kit icon ${missing}`);
  }, [missing]);
  return found;
}
