import { writeFileSync, rmSync } from 'node:fs';
import { acquireLock } from '/work/main/platform/embedded-postgres/lock.ts';
const dir = process.argv[2]!; let got = 0, refused = 0, violations = 0;
const end = Date.now() + 6000;
while (Date.now() < end) {
  try {
    const lock = acquireLock(dir); got++;
    try { writeFileSync(dir + '/../marker', String(process.pid), { flag: 'wx' }); } catch { violations++; }
    if (Math.random() < 0.3) { rmSync(dir + '/../marker', { force: true }); writeFileSync(dir + '/service.lock', `${100000 + got} 7 x`); continue; } // dies holding it, in effect
    for (let i = 0; i < 1e4; i++); rmSync(dir + '/../marker', { force: true }); lock.release();
  } catch (e: any) { if (!/in use/.test(String(e))) console.log(String(e)); refused++; }
}
console.log({ got, refused, violations });
