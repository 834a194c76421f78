import { hearFailures } from '../../../core/whatsapp/connection';
import { Bench } from '../../whatsapp-server/support/bench';

jest.setTimeout(60_000);

describe('what the client does not hear of itself', () => {
	const bench = Bench.ofTests();

	it('is heard: an answer over a link that is not there ends no process, and stanzas are answered as before', async () => {
		const heard: unknown[] = [];
		const client = bench.client().start();
		hearFailures(client.socket, (error) => void heard.push(error));
		client.socket.ws.emit('CB:ib,,offline_preview', { tag: 'ib', attrs: {} });
		await client.until(() => heard[0], 'the failure');
		expect(heard).toEqual([expect.objectContaining({ message: 'Connection Closed' })]);
		expect(await client.qr()).toContain('linked_devices');
		await client.stop();
	});
});
