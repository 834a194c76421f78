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

	it.each([
		['ERR_MODULE_NOT_FOUND', "Cannot find package '@whiskeysockets/baileys' imported from /n8n/core/whatsapp/client-library.js"],
		['MODULE_NOT_FOUND', "Cannot find module '@whiskeysockets/baileys'\nRequire stack:\n- /n8n/core/whatsapp/client-library.js"],
	])('says how to add it (%s)', async (code, message) => {
		const missing = Object.assign(new Error(message), { code });
		await expect(load(missing)).rejects.toMatchObject({ code: 'client_missing', message: expect.stringContaining('7.0.0-rc14') });
	});

	it('does not call a broken installation a missing one', async () => {
		const broken = Object.assign(new Error("Cannot find package 'protobufjs' imported from /n8n/node_modules/@whiskeysockets/baileys/lib/index.js"), { code: 'ERR_MODULE_NOT_FOUND' });
		await expect(load(broken)).rejects.toBe(broken);
	});

	it('loads the client where it is installed', async () => {
		jest.resetModules();
		const { loadClientLibrary } = await import('../../../core/whatsapp');
		expect((await loadClientLibrary()).initAuthCreds()).toHaveProperty('noiseKey');
	});
});
