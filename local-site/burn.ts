/** `npm run burn`: loads every CPU of this computer for a minute, so that its own monitor raises an alert. */
import os from 'node:os';
import { Worker } from 'node:worker_threads';

/** Seconds; another number may be given as the first argument. */
const seconds = Number(process.argv[2] ?? 60);
if (!Number.isFinite(seconds) || seconds <= 0) throw new Error('How many seconds? Give a positive number.');

const BUSY = `
  const { workerData } = require('node:worker_threads');
  const end = Date.now() + workerData;
  let x = 0;
  while (Date.now() < end) for (let i = 0; i < 1e6; i += 1) x = Math.sqrt(x + i);
`;

const cpus = os.availableParallelism();
const end = Date.now() + seconds * 1000;
console.log(`Loading ${cpus} CPU${cpus === 1 ? '' : 's'} of ${os.hostname()} for ${seconds} s. Ctrl+C stops.`);
const workers = Array.from({ length: cpus }, () => new Worker(BUSY, { eval: true, workerData: seconds * 1000 }));

const progress = setInterval(() => {
  const left = Math.max(0, Math.round((end - Date.now()) / 1000));
  console.log(`${String(left).padStart(4)} s left, load average ${os.loadavg()[0]?.toFixed(2) ?? '?'}`);
}, 5000);
void Promise.all(workers.map((worker) => new Promise((done) => worker.once('exit', done)))).then(() => {
  clearInterval(progress);
  console.log('Done. The alert recovers by itself.');
});
