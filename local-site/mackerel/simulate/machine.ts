/** This computer's own load, memory, disk and network, named as mackerel-agent names them. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import si from 'systeminformation';

export interface Reading {
  readonly name: string;
  readonly value: number;
}
const fileName = (text: string): string => text.replace(/^.*\//, '').replace(/[^A-Za-z0-9_-]/g, '_') || 'root';
const DISK_EVERY_MS = 60_000;

/** What is known of this computer when it registers. */
export function machineMeta(): Record<string, unknown> {
  return {
    'agent-name': 'local-site',
    cpu: os.cpus().map(({ model, speed }) => ({ model_name: model, mhz: String(speed) })),
    kernel: { name: os.type(), release: os.release(), version: os.version(), machine: os.machine() },
    memory: { total: `${Math.round(os.totalmem() / 1024)}kB` },
  };
}

const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal', 'guest'] as const;
/** Ticks of all cores by mode since the start of the computer; the order is the kernel's. */
function kernelTicks(): readonly number[] {
  const [, ...ticks] = (/^cpu .*$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[0] ?? '').split(/\s+/).map(Number);
  const guest = ticks[8] ?? 0;
  // Guests are counted under user as well.
  return MODES.map((_, i) => (i === 0 ? (ticks[0] ?? 0) - guest : (ticks[i] ?? 0)));
}
/** What passed since the last reading. The library knows no iowait or softirq and weighs steal wrongly, so Linux is asked itself. */
function createKernelLoad(): () => Reading[] {
  let before = kernelTicks();
  return () => {
    const now = kernelTicks();
    const passed = now.map((ticks, i) => ticks - (before[i] ?? 0));
    const total = passed.reduce((sum, ticks) => sum + ticks, 0);
    if (total <= 0) return [];
    before = now;
    return MODES.map((mode, i) => ({ name: `cpu.${mode}.percentage`, value: ((passed[i] ?? 0) / total) * 100 * os.cpus().length }));
  };
}

/** Its network interfaces, as the API has them. */
export function machineInterfaces(): readonly unknown[] {
  return Object.entries(os.networkInterfaces()).flatMap(([name, all = []]) => {
    const outside = all.filter((each) => !each.internal);
    const of = (family: string): string[] => outside.filter((each) => each.family === family).map((each) => each.address);
    return outside[0] ? [{ name, macAddress: outside[0].mac, ipv4Addresses: of('IPv4'), ipv6Addresses: of('IPv6') }] : [];
  });
}

export function createMachine() {
  const kernelLoad = os.platform() === 'linux' ? createKernelLoad() : null;
  let disks: { readonly at: number; readonly readings: readonly Reading[] } | null = null;

  async function cpu(): Promise<Reading[]> {
    if (kernelLoad) return kernelLoad();
    const load = await si.currentLoad();
    // Mackerel counts every core as 100 %.
    const cores = load.cpus.length || 1;
    const parts = { user: load.currentLoadUser, nice: load.currentLoadNice, system: load.currentLoadSystem, irq: load.currentLoadIrq, steal: load.currentLoadSteal, guest: load.currentLoadGuest, idle: load.currentLoadIdle };
    return Object.entries(parts).map(([mode, value]) => ({ name: `cpu.${mode}.percentage`, value: value * cores }));
  }
  async function memory(): Promise<Reading[]> {
    const { total, available, swaptotal, swapused } = await si.mem();
    const values = { total, available, used: total - available, swap_total: swaptotal, swap_used: swapused };
    return Object.entries(values).map(([name, value]) => ({ name: `memory.${name}`, value }));
  }
  async function network(): Promise<Reading[]> {
    const rate = (value: number | null): number | null => (value === null || value < 0 ? null : value);
    // By name: with "*" the library asks other programs about each interface first.
    const rows = (await si.networkStats(Object.keys(os.networkInterfaces()).join(','))).flatMap(({ iface, rx_sec, tx_sec }) => [
      { name: `interface.${fileName(iface)}.rxBytes.delta`, value: rate(rx_sec) },
      { name: `interface.${fileName(iface)}.txBytes.delta`, value: rate(tx_sec) },
    ]);
    return rows.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  }
  /** Operations per second of all disks together, and sizes of file systems (once a minute). */
  async function disk(): Promise<Reading[]> {
    const io = (await si.disksIO()) as { rIO_sec: number | null; wIO_sec: number | null } | null;
    const rates = [
      { name: 'disk.all.reads.delta', value: io?.rIO_sec ?? null },
      { name: 'disk.all.writes.delta', value: io?.wIO_sec ?? null },
    ].flatMap(({ name, value }) => (value === null || value < 0 ? [] : [{ name, value }]));
    if (disks === null || performance.now() - disks.at > DISK_EVERY_MS) {
      const sizes = (await si.fsSize()).flatMap(({ fs, size, used }) => [
        { name: `filesystem.${fileName(fs)}.size`, value: size },
        { name: `filesystem.${fileName(fs)}.used`, value: used },
      ]);
      disks = { at: performance.now(), readings: sizes };
    }
    return [...rates, ...disks.readings];
  }

  return {
    /** What could be read; a source this system does not offer is left out. */
    async read(): Promise<readonly Reading[]> {
      const load = os.loadavg().map((value, i) => ({ name: ['loadavg1', 'loadavg5', 'loadavg15'][i] ?? 'loadavg', value }));
      const sources = await Promise.allSettled([cpu(), memory(), network(), disk()]);
      const readings = [...load, ...sources.flatMap((source) => (source.status === 'fulfilled' ? source.value : []))];
      return readings.filter(({ value }) => Number.isFinite(value));
    },
  };
}
export type Machine = ReturnType<typeof createMachine>;
