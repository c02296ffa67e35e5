/** Pictures of alerts' graphs, as Mackerel drew them when it told of the alerts, attached beside what a copy holds. */
import { alertOf } from '../domain/alert-record';
import { IMAGES_A_COPY, leaveOut, type EvidenceCopy, type EvidenceImage, type LeftOut } from '../domain/evidence';
import type { AlertRecord, Incident } from '../domain/model';
import type { Ports } from '../ports';

export const alertTitle = ({ monitorName, host }: Pick<AlertRecord, 'monitorName' | 'host'>): string => (host === null ? monitorName : `${monitorName} · ${host.name}`);

/**
 * Whatever becomes of them, nothing else is kept from being frozen: what cannot be had or attached is named. `room`: bytes they
 * may take together. Repeated, they have the same names again.
 */
export async function freezeImages(ports: Ports, incident: Incident, pageId: string, copy: EvidenceCopy, name: string, room: number): Promise<{ readonly images: readonly EvidenceImage[]; readonly left: readonly LeftOut[] }> {
  const wanted = copy.alerts.flatMap((id) => alertOf(incident, id) ?? []).flatMap((alert) => (alert.image === undefined ? [] : [{ alert, image: alert.image.name }]));
  const read = await Promise.all(wanted.slice(0, IMAGES_A_COPY).map(async ({ alert, image }) => ({ alert, data: await ports.alertImages.read(image) })));
  const images: EvidenceImage[] = [];
  let left = copy.left;
  let rest = room;
  for (const [index, { alert, data }] of read.entries()) {
    if (data !== null && data.byteLength > rest) {
      left = leaveOut(left, 'images', alertTitle(alert));
      continue;
    }
    const file = data === null ? null : await ports.evidenceFiles.attach(pageId, { name: `${name}-alert-${index + 1}.png`, mediaType: 'image/png', data }).catch(() => null);
    if (file === null) left = leaveOut(left, 'image', alertTitle(alert));
    else {
      images.push({ alertId: alert.id, file });
      rest -= file.bytes;
    }
  }
  return { images, left: wanted.slice(IMAGES_A_COPY).reduce((all, { alert }) => leaveOut(all, 'images', alertTitle(alert)), left) };
}
