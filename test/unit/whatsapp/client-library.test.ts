describe('a house without the client', () => {
	const load = async (error: Error) => {
		jest.resetModules();
		jest.doMock('@whiskeysockets/baileys', () => {
			throw error;
		});
		const { loadClientLibrary } = await import('../../../core/whatsapp');
		return loadClientLibrary();
	};
	afterEach(() => jest.dontMock('@whiskeysockets/baileys'));

	it('says how to add it', async () => {
		const missing = Object.assign(new Error("Cannot find package '@whiskeysockets/baileys' imported from here"), { code: 'ERR_MODULE_NOT_FOUND' });
		await expect(load(missing)).rejects.toMatchObject({ code: 'client_missing', message: expect.stringContaining('7.0.0-rc14') });
	});

	it('does not call a broken installation a missing one', async () => {
		const broken = Object.assign(new Error("Cannot find package 'protobufjs' imported from index.js"), { code: 'ERR_MODULE_NOT_FOUND' });
		await expect(load(broken)).rejects.toBe(broken);
	});

	it('loads the client where it is installed', async () => {
		jest.resetModules();
		const { loadClientLibrary } = await import('../../../core/whatsapp');
		expect((await loadClientLibrary()).initAuthCreds()).toHaveProperty('noiseKey');
	});
});
