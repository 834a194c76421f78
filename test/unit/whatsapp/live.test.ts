import type { Store } from '../../../core/store';
import { beginLinking, loadClientLibrary, openSessionAuth, releaseLease, takeLease } from '../../../core/whatsapp';
import { describeEngines } from '../../support/engines';
import { Bench } from '../../whatsapp-server/support/bench';
import { TestClient } from '../../whatsapp-server/support/client';
import { StoredAuth } from './stored-auth';

describe('a session on the store, against a server that speaks the protocol', () => {
	const bench = Bench.ofTests();

	describeEngines((dialect, engine) => {
		const key = { tenant: 'salon', session: `live ${dialect}` };
		const number = dialect === 'sqlite' ? '79990000401' : '79990000402';

		async function parts(store: Store) {
			const lease = await takeLease(store, key, 'live');
			if (lease === null) throw new Error('the session is held');
			return { store, lease, client: await loadClientLibrary(), onFailure: () => undefined };
		}

		it('is linked, restarts and reads what was written meanwhile; a copy of nothing is in memory', async () => {
			const salon = bench.server.phone(number, { name: 'Salon' });
			const anna = bench.server.phone(number.replace('7999', '7916'), { name: 'Anna' });
			const store = await engine.open();
			const before = await parts(store);
			const linking = await beginLinking(before);
			const client = new TestClient(bench.server.url, new StoredAuth(linking)).start();
			const device = await bench.server.scan(salon, await client.qr());
			await client.ending();
			client.start();
			await client.open();
			await device.ready();
			await client.message(await anna.write(salon, 'before the restart'));
			await client.send(anna.lidJid, { text: 'answer' });
			await anna.screen.text('answer');
			await device.mailbox.empty();
			await client.stop();
			await linking.idle();
			await releaseLease(store, before.lease);
			await store.close();

			const id = await anna.write(salon, 'while it was down');
			const again = await engine.open();
			const opened = await openSessionAuth(await parts(again));
			if (opened === null) throw new Error('the session is not linked');
			const restarted = new TestClient(bench.server.url, new StoredAuth(opened)).start();
			await restarted.open();
			expect((await restarted.message(id)).message.message?.conversation).toBe('while it was down');
			expect((await restarted.message(await anna.write(salon, 'and live'))).message.message?.conversation).toBe('and live');
			await restarted.send(anna.lidJid, { text: 'still the same session' });
			await anna.screen.text('still the same session');
			expect(device.logins).toBe(2);
			await restarted.stop();
			await opened.idle();
			expect(bench.server.errors).toEqual([]);
		}, 30_000);
	});
});
