/** Hosts of a fresh stand-in, with what their agents would have told about them. */
import { createHash } from 'node:crypto';
import type { Host } from '../model';
import type { Profile } from './signals';

export interface SeedHost {
  readonly name: string;
  readonly service: string;
  readonly role: string;
  readonly profile: Profile;
  readonly memo: string;
  /** Last part of its address. */
  readonly address: number;
  readonly ageDays: number;
  /** Runs on EC2 and is known by its instance id. */
  readonly cloud: boolean;
}
const two = (n: number): string => String(n).padStart(2, '0');

export const SEED_HOSTS: readonly SeedHost[] = [
  { name: 'web-01', service: 'shop', role: 'web', profile: 'web', memo: 'Checkout and product pages', address: 11, ageDays: 412, cloud: true },
  { name: 'web-02', service: 'shop', role: 'web', profile: 'web', memo: 'Checkout and product pages', address: 12, ageDays: 96, cloud: true },
  { name: 'db-01', service: 'shop', role: 'db', profile: 'db', memo: 'Orders database, primary', address: 21, ageDays: 730, cloud: true },
  ...Array.from({ length: 10 }, (_, i): SeedHost => ({ name: `batch-${two(i + 1)}`, service: 'shop', role: 'batch', profile: 'batch', memo: 'Mail, invoices, exports', address: 31 + i, ageDays: 30 + i, cloud: false })),
  { name: 'blog-01', service: 'blog', role: 'app', profile: 'app', memo: 'Company blog', address: 61, ageDays: 211, cloud: false },
];

const AGENT = { version: '0.87.0', revision: '8f2d1c4' } as const;
export const DISK_GB = 100;
export const MEMORY_GB: Readonly<Record<Profile, number>> = { web: 8, db: 32, batch: 4, app: 4 };
const GB_IN_KB = 1024 * 1024;

/** Steady hexadecimal digits for a host, as unlike those of another as real ones. */
const digits = (name: string, what: string, count: number): string => createHash('sha256').update(`${what} ${name}`).digest('hex').slice(0, count);

/** Everything of a host but its id and roles. `now` is epoch seconds. */
export function factsOf(host: SeedHost, now: number): Pick<Host, 'name' | 'memo' | 'createdAt' | 'meta' | 'interfaces' | 'customIdentifier'> {
  const { name, memo, address, profile } = host;
  const instance = `i-${digits(name, 'instance', 17)}`;
  const ipAddress = `10.0.1.${address}`;
  const macAddress = `02:42:${[...digits(name, 'mac', 8)].map((digit, i) => (i % 2 === 1 && i < 7 ? `${digit}:` : digit)).join('')}`;
  const used = Math.round(DISK_GB * GB_IN_KB * 0.6);
  return {
    name,
    memo,
    createdAt: now - host.ageDays * 86_400,
    customIdentifier: host.cloud ? `${instance}.ec2.amazonaws.com` : null,
    interfaces: [{ name: 'eth0', macAddress, ipAddress, ipv4Addresses: [ipAddress], ipv6Addresses: [] }],
    meta: {
      'agent-name': `mackerel-agent/${AGENT.version}`,
      'agent-version': AGENT.version,
      'agent-revision': AGENT.revision,
      kernel: { name: 'Linux', release: '6.8.0-1021-aws', machine: 'x86_64', os: 'GNU/Linux', platform_name: 'ubuntu', platform_version: '24.04' },
      cpu: ['0', '1'].map((core) => ({ model_name: 'Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz', mhz: '2499.998', core_id: core })),
      memory: { total: `${MEMORY_GB[profile] * GB_IN_KB}kB` },
      filesystem: { '/dev/nvme0n1p1': { kb_size: DISK_GB * GB_IN_KB, kb_used: used, kb_available: DISK_GB * GB_IN_KB - used, percent_used: '60%', mount: '/' } },
      block_device: { nvme0n1: { size: String(DISK_GB * GB_IN_KB * 2), model: 'Amazon Elastic Block Store' } },
      ...(host.cloud ? { cloud: { provider: 'ec2', metadata: { 'instance-id': instance, 'instance-type': 'm5.large', 'availability-zone': 'ap-northeast-1a', hostname: `ip-${ipAddress.replaceAll('.', '-')}` } } } : {}),
    },
  };
}
