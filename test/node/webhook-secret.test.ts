import { openStore, type Store } from '../../core/store';
import { sameSecret, secretsOf } from '../../nodes/shared/vendor/trigger/secret';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'ai-admin-secret-'));
const open = (keys: readonly string[]): Promise<Store> => openStore({ engine: 'sqlite', path: join(folder, 'store.sqlite') }, { keys });
const OWNER = { workflowId: 'w', nodeId: 'n' };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the secret of a webhook', () => {
	it('is the same in every process, another for every node, and holds when the key of the store changes', async () => {
		const store = await open(['old key']);
		const [secret = ''] = secretsOf(store, OWNER, '');
		expect(secret).toMatch(/^[0-9a-f]{32}$/);
		expect(secretsOf(store, { ...OWNER, nodeId: 'm' }, '')[0]).not.toBe(secret);
		expect(secretsOf(store, { ...OWNER, workflowId: 'v' }, '')[0]).not.toBe(secret);
		await store.close();
		const rotated = await open(['new key', 'old key']);
		const secrets = secretsOf(rotated, OWNER, undefined);
		expect(secrets).toHaveLength(2);
		expect({ isCurrent: secrets[0] === secret, isTaken: sameSecret(secret, secrets) }).toEqual({ isCurrent: false, isTaken: true });
		await rotated.close();
	});

	it('is the operator’s own where there is one, and nothing else then', async () => {
		const store = await open(['new key', 'old key']);
		expect(secretsOf(store, OWNER, '  a long secret of mine ')).toEqual(['a long secret of mine']);
		await store.close();
	});

	it.each([undefined, null, '', 5, ['a'], 'b', 'aa', 'A'])('is not %p', (given) => {
		expect(sameSecret(given, ['a'])).toBe(false);
	});
});
