import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import type { AlertGroupSetting } from '../model';
import type { Parts } from '../parts';
import { param, parse, unset } from './http';
import { checkScopes } from './monitor-input';

const list = z.array(z.string()).nullish().transform((items) => items ?? []);
const input = z.object({
  name: z.string().min(1),
  memo: z.string().nullish().transform((memo) => memo ?? ''),
  serviceScopes: list,
  roleScopes: list,
  monitorScopes: list,
  notificationInterval: unset(z.number().int().min(10)),
});

const answer = ({ notificationInterval, ...setting }: AlertGroupSetting) => ({ ...setting, ...(notificationInterval === null ? {} : { notificationInterval }) });

export function alertGroupSettingRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const settingOf = (id: string): AlertGroupSetting => {
    const setting = world.alertGroupSettings.get(id);
    if (setting === null) throw notFound('Alert Group Setting');
    return setting;
  };
  const read = (body: unknown): Omit<AlertGroupSetting, 'id'> => {
    const setting = parse(input, body);
    checkScopes(parts, [...setting.serviceScopes, ...setting.roleScopes]);
    const unknown = setting.monitorScopes.find((id) => world.monitors.get(id) === null);
    if (unknown !== undefined) throw badRequest(`${unknown} does not exist.`);
    return setting;
  };

  app.get('/alert-group-settings', () => ({ alertGroupSettings: world.alertGroupSettings.all().map(answer) }));
  app.get('/alert-group-settings/:id', (request) => answer(settingOf(param(request, 'id'))));
  app.post('/alert-group-settings', (request) => answer(world.alertGroupSettings.save({ ...read(request.body), id: newId() })));
  app.put('/alert-group-settings/:id', (request) => {
    const { id } = settingOf(param(request, 'id'));
    return answer(world.alertGroupSettings.save({ ...read(request.body), id }));
  });
  app.delete('/alert-group-settings/:id', (request) => {
    const setting = settingOf(param(request, 'id'));
    parts.groups.removeSetting(setting);
    return answer(setting);
  });
}
