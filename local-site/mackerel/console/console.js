/* Draws the state once a second and sends what the buttons ask for. Rows are replaced only when they changed, so focus stays. */
'use strict';
const $ = (id) => document.getElementById(id);

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === 'class') node.className = value;
    else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.map((child) => child ?? ''));
  return node;
}
const time = (seconds) => (seconds == null ? '' : new Date(seconds * 1000).toLocaleTimeString());
const number = (value) => (value == null ? '' : Number(value).toLocaleString('en', { maximumFractionDigits: 2 }));
const tag = (text) => el('span', { class: `tag ${text}` }, text);
const cell = (content, kind = '') => el('td', kind ? { class: kind } : {}, content);

async function send(path, body = {}) {
  $('notice').textContent = '';
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({ error: { message: `HTTP ${answer.status}` } }));
    $('notice').textContent = error.message;
  }
  await refresh();
}
const button = (text, path, body, kind = '') => el('button', { type: 'button', ...(kind ? { class: kind } : {}), onclick: () => send(path, body) }, text);

const drawn = new Map();
/** Replaces the children of `id` row by row; `make` runs only for rows whose data changed. */
function draw(id, rows, make) {
  const parent = $(id);
  rows.forEach((row, i) => {
    const key = `${id}/${i}`;
    const data = JSON.stringify(row);
    if (drawn.get(key) === data && parent.children[i]) return;
    drawn.set(key, data);
    const node = make(row);
    if (parent.children[i]) parent.children[i].replaceWith(node);
    else parent.append(node);
  });
  while (parent.children.length > rows.length) {
    parent.lastElementChild.remove();
    drawn.delete(`${id}/${parent.children.length}`);
  }
}

const limits = (operator, warning, critical, unit = '') =>
  [['warning', warning], ['critical', critical]].filter(([, value]) => value != null).map(([name, value]) => `${name} ${operator} ${value}${unit}`).join(', ');
function rule(monitor) {
  const { warning, critical, operator } = monitor;
  switch (monitor.type) {
    case 'connectivity':
      return `${monitor.alertStatusOnGone} when gone`;
    case 'check':
      return 'reported by the host';
    case 'external':
      return [`${monitor.method} ${monitor.url}`, limits('>', monitor.responseTimeWarning, monitor.responseTimeCritical, ' ms'), monitor.service ? `linked to ${monitor.service}` : 'linked to no service'].filter(Boolean).join('; ');
    case 'anomalyDetection':
      return `${monitor.scopes.join(', ')}: ${[['warning', monitor.warningSensitivity], ['critical', monitor.criticalSensitivity]].filter(([, value]) => value).map((each) => each.join(' ')).join(', ')}`;
    default:
      return `${monitor.metric ?? monitor.expression ?? monitor.query}: ${limits(operator, warning, critical)}`;
  }
}
function options(select, rows) {
  const data = JSON.stringify(rows);
  if (select.dataset.rows === data) return;
  const before = select.value;
  select.dataset.rows = data;
  select.replaceChildren(...rows.map(([value, text]) => el('option', { value }, text)));
  if (rows.some(([value]) => value === before)) select.value = before;
}

const scenario = (s) =>
  el('li', s.runningSince ? { class: 'running' } : {}, el('strong', {}, s.title), el('p', {}, s.text),
    s.runningSince ? button(`Stop (since ${time(s.runningSince)})`, `/__console/scenarios/${s.name}/stop`) : button('Start', `/__console/scenarios/${s.name}/start`, {}, 'main'));
const alertRow = (a) =>
  el('tr', a.closedAt ? { class: 'closed' } : {}, cell(tag(a.status)), cell(el('span', {}, a.monitorName, a.outdated && !a.closedAt ? el('span', { class: 'hint' }, ' thresholds changed since: close by hand') : ''), 'text'), cell(a.hostName), cell(a.message ?? number(a.value), a.message ? 'text' : 'num'), cell(time(a.openedAt), 'num'), cell(time(a.closedAt), 'num'),
    cell(a.closedAt ? '' : button('Close', `/__console/alerts/${a.id}/close`)));
const monitorRow = (m) =>
  el('tr', {}, cell(m.name, 'text'), cell(m.type), cell(rule(m), 'text'),
    cell(el('div', { class: 'row' }, button(m.isMute ? 'Unmute' : 'Mute', `/__console/monitors/${m.id}/mute`, { isMute: !m.isMute }), m.type === 'anomalyDetection' ? button('Retrain', `/__console/monitors/${m.id}/retrain`) : '')));
const answered = (u) => (u.status === null ? 'no answer' : `${u.status} in ${u.responseTimeMs} ms`);
const urlRow = (u) =>
  el('tr', {}, cell(u.id, 'text'), cell(answered(u)), cell(el('div', { class: 'row' },
    ...[['Up', 'up'], ['Down', 'down'], ['Slow', 'slow'], ['503', 'error']].map(([text, state]) => button(text, '/__console/urls', { url: u.id, state })))));
const downtimeRow = (d) =>
  el('li', {}, el('strong', {}, d.name), tag(d.active ? 'active' : 'planned'), `${time(d.start)}, ${d.duration} min${d.recurrence ? `, ${d.recurrence.type}` : ''}`,
    el('span', { class: 'hint' }, [...(d.serviceScopes ?? []), ...(d.roleScopes ?? []), d.monitorScopes ? `${d.monitorScopes.length} monitors` : ''].filter(Boolean).join(', ') || 'everything'),
    button('Delete', `/__console/downtimes/${d.id}/delete`));
const names = (ids, rows) => ids.map((id) => rows.find((row) => row.id === id)?.name ?? id);
const groupRow = (g) =>
  el('li', {}, el('strong', {}, g.name), g.notificationLevel === 'critical' ? tag('CRITICAL') : '',
    el('span', { class: 'hint' }, g.type === 'group-default' ? 'every alert' : [...g.monitors, ...g.services.map(({ name }) => name)].join(', ') || 'only through other groups'),
    `→ ${g.targets.join(', ') || 'nobody'}`);
const alertGroupRow = (g) => el('li', {}, el('strong', {}, g.name), g.open ? tag(g.open.status) : '', el('span', { class: 'hint' }, [...g.serviceScopes, ...g.roleScopes, ...g.monitors].join(', ') || 'every alert'));
const hostRow = (h) => {
  const select = el('select', { 'aria-label': `Status of ${h.name}`, onchange: (event) => send(`/__console/hosts/${h.id}/status`, { status: event.target.value }) },
    ...['working', 'standby', 'maintenance', 'poweroff'].map((status) => el('option', status === h.status ? { selected: '' } : {}, status)));
  const roles = Object.entries(h.roles).flatMap(([service, names]) => names.map((name) => `${service}: ${name}`)).join(', ');
  return el('tr', {}, cell(h.name), cell(roles), cell(h.silent ? `silent since ${time(h.heardAt)}` : h.latest ? `${h.metric.replace(/^custom\./, '')} ${number(h.latest.value)}` : '', 'num'), cell(select));
};
const keyRow = (k) => el('li', {}, el('code', {}, k.key), el('span', { class: 'hint' }, k.may));
const channelRow = (c) =>
  el('li', {}, el('strong', {}, c.name), c.url, el('span', { class: 'hint' }, c.events.join(', ')),
    c.suspendedAt ? el('span', { class: 'tag failed' }, `suspended ${time(c.suspendedAt)}`) : '',
    c.suspendedAt ? button('Lift the suspension', `/__console/channels/${c.id}/resume`) : button('Suspend', `/__console/channels/${c.id}/suspend`), button('Send sample', '/__console/sample', { channelId: c.id }));
const deliveryRow = (d) =>
  el('tr', {}, cell(time(d.createdAt / 1000), 'num'), cell(d.event), cell(d.payload.alert ? `${d.payload.alert.monitorName} ${d.payload.alert.status}` : (d.payload.host?.name ?? d.payload.monitor?.name ?? d.payload.alertGroupSetting?.name ?? d.payload.message ?? ''), 'text'), cell(tag(d.state)),
    cell(d.error ?? d.status ?? ''), cell(String(d.attempts), 'num'), cell(el('details', {}, el('summary', {}, 'JSON'), el('pre', {}, JSON.stringify(d.payload, null, 2)))));

async function refresh() {
  const [state, { deliveries }] = await Promise.all([fetch('/__console/state').then((r) => r.json()), fetch('/__console/deliveries?limit=30').then((r) => r.json())]);
  $('about').textContent = `Organisation "${state.org}", everything on this computer. Hosts post every ${state.periodSeconds} s.`;
  $('clock').textContent = new Date(state.now * 1000).toLocaleString();
  $('open-count').textContent = state.openAlerts === 1 ? '1 open' : `${state.openAlerts} open`;
  draw('scenarios', [...state.scenarios, 'recover'], (row) => (row === 'recover' ? el('li', {}, el('strong', {}, 'Recover'), el('p', {}, 'Ends every scenario; monitors close their alerts.'), button('Recover', '/__console/recover')) : scenario(row)));
  draw('alerts', state.alerts, alertRow);
  draw('monitors', state.monitors, monitorRow);
  draw('urls', state.urls, urlRow);
  draw('downtimes', state.downtimes.length > 0 ? state.downtimes : ['none'], (row) => (row === 'none' ? el('li', {}, 'No downtime is planned.') : downtimeRow(row)));
  const targets = (g) => [...names(g.childChannelIds, state.channels), ...names(g.childNotificationGroupIds, state.notificationGroups)];
  draw('groups', state.notificationGroups.map((g) => ({ ...g, targets: targets(g), monitors: names(g.monitors.map(({ id }) => id), state.monitors) })), groupRow);
  const settings = state.alertGroupSettings.map((g) => ({ ...g, monitors: names(g.monitorScopes, state.monitors) }));
  draw('alert-groups', settings.length > 0 ? settings : ['none'], (row) => (row === 'none' ? el('li', {}, 'None. POST /api/v0/alert-group-settings makes one.') : alertGroupRow(row)));
  // `heardAt` changes with every post; only a silent host's is shown.
  draw('hosts', state.hosts.map((h) => (h.heardAt !== null && state.now - h.heardAt > 2 * state.periodSeconds ? { ...h, silent: true } : { ...h, heardAt: null })), hostRow);
  draw('keys', state.keys, keyRow);
  draw('channels', state.channels.length > 0 ? state.channels : ['none'], (row) => (row === 'none' ? el('li', {}, 'No channel yet. The app registers its own, or POST /api/v0/channels.') : channelRow(row)));
  draw('deliveries', deliveries, deliveryRow);
  const form = $('raise');
  options(form.monitorId, state.monitors.map((m) => [m.id, m.name]));
  options($('downtime').service, [['', 'all services'], ...state.services.map((name) => [name, name])]);
  options(form.hostId, [['', 'first in scope'], ...state.hosts.map((h) => [h.id, h.name])]);
}

$('raise').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const value = form.value.value;
  send('/__console/alerts', {
    monitorId: form.monitorId.value,
    status: form.status.value,
    ...(form.hostId.value ? { hostId: form.hostId.value } : {}),
    ...(value === '' ? {} : { value: Number(value) }),
    ...(form.message.value === '' ? {} : { message: form.message.value }),
  });
});

$('downtime').addEventListener('submit', (event) => {
  event.preventDefault();
  const { service, minutes, name } = event.target.elements;
  send('/__console/downtimes', { minutes: Number(minutes.value), ...(service.value ? { service: service.value } : {}), ...(name.value ? { name: name.value } : {}) });
});

let failing = false;
async function loop() {
  try {
    if (!document.hidden) await refresh();
    if (failing) $('notice').textContent = '';
    failing = false;
  } catch {
    failing = true;
    $('notice').textContent = 'The stand-in does not answer. Is the site still running?';
  }
  setTimeout(loop, 1000);
}
loop();
