import { createVault } from '../../../core/store/vault';

describe('vault', () => {
	it('opens what it sealed, and never seals the same way twice', async () => {
		const vault = await createVault(['one']);
		const text = 'Анна, +7 916 000-00-00 💇';
		expect(vault.open(vault.seal(text))).toBe(text);
		expect(vault.open(vault.seal(''))).toBe('');
		expect(vault.seal(text)).not.toBe(vault.seal(text));
		expect(vault.seal(text)).not.toContain('Анна');
	});

	it('rotates: the new key seals, the earlier one still opens', async () => {
		const before = await createVault(['old']);
		const after = await createVault(['new', 'old']);
		const later = await createVault(['new']);
		expect(after.open(before.seal('text'))).toBe('text');
		expect(later.open(after.seal('text'))).toBe('text');
		expect(() => before.open(after.seal('text'))).toThrow(expect.objectContaining({ code: 'sealed_with_other_key' }));
	});

	it('notices every changed character', async () => {
		const vault = await createVault(['one', 'two']);
		const sealed = vault.seal('text');
		for (let index = 0; index < sealed.length; index++) {
			const other = sealed[index] === 'A' ? 'B' : 'A';
			const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
			if (Buffer.from(changed.split('.')[2] ?? '', 'base64').equals(Buffer.from(sealed.split('.')[2] ?? '', 'base64')) && index > 12) continue;
			expect(() => vault.open(changed)).toThrow(expect.objectContaining({ code: expect.stringMatching(/corrupt|sealed_with_other_key/) }));
		}
		expect(() => vault.open('plain text')).toThrow(expect.objectContaining({ code: 'corrupt' }));
		expect(() => vault.open('v1..')).toThrow(expect.objectContaining({ code: 'sealed_with_other_key' }));
	});

	it('hashes by key: stable, 16 hex characters, different under another key', async () => {
		const [vault, same, other] = await Promise.all([createVault(['one', 'two']), createVault(['one']), createVault(['two'])]);
		expect(vault.hash('+79160000000')).toMatch(/^[0-9a-f]{16}$/);
		expect(vault.hash('+79160000000')).toBe(same.hash('+79160000000'));
		expect(vault.hash('+79160000000')).not.toBe(other.hash('+79160000000'));
		expect(vault.hash('+79160000000')).not.toBe(vault.hash('+79160000001'));
	});

	it('refuses to work without a key', async () => {
		await expect(createVault([])).rejects.toMatchObject({ code: 'invalid_config' });
		await expect(createVault(['one', ' '])).rejects.toMatchObject({ code: 'invalid_config' });
	});
});
