import { endWhatsappSessions, whatsappService } from '../../../../core/whatsapp/session';
import { describeEngines } from '../../../support/engines';
import { KEY, until } from './bench';

jest.setTimeout(60_000);

// it lasts for the rest of the process, which jest gives every file anew
describeEngines((_dialect, engine) => describe('the end of a process', () => {
	it('gives its sessions back, and whoever still works afterwards is answered and takes none again', async () => {
		const store = await engine.open();
		const service = whatsappService(store);
		await service.ensure(KEY);
		await until(async () => (await service.status(KEY)).owner === 'this process', 'it is run here');
		await endWhatsappSessions();
		expect(await service.status(KEY)).toMatchObject({ owner: null });

		for (const asked of [service, whatsappService(store), whatsappService(await engine.open(), { role: 'all' })]) {
			await asked.ensure(KEY);
			expect(await asked.command(KEY, { kind: 'restart' }, 1_000)).toMatchObject({ status: 'unavailable', reason: 'nobody_runs_it' });
			expect(await asked.status(KEY)).toMatchObject({ owner: null });
		}
		await service.shutdown();
	});
}), ['sqlite']);
