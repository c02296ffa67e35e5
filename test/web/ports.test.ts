/** A reserved port is nobody else's, and is let go also while somebody knocks. */
import { connect } from 'node:net';
import { reserve } from '../../local-site/ports';

test('two never get the same, and who knocks too early does not keep it from being released', async () => {
  const [one, other] = [await reserve(0), await reserve(0)];
  expect(one.port).not.toBe(other.port);
  await expect(reserve(one.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const early = connect(one.port, 'localhost');
  early.on('error', () => undefined);
  await new Promise((resolve) => early.once('close', resolve));
  await one.release();
  await one.release();
  const again = await reserve(one.port);
  expect(again.port).toBe(one.port);
  await Promise.all([again.release(), other.release()]);
});
