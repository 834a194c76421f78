import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreConfig } from '../../../../core/store';
import { COMMANDS, runCommand } from '../../../../core/whatsapp/host/commands';
import { VARIABLES } from '../../../../core/whatsapp/host/config';
import { describeEngines, TEST_KEYS } from '../../../support/engines';
import { becomes, KEY, SessionBench } from './bench';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '../../../..');
const NEW_KEY = 'the passphrase from now on';

describe('a session host that is told to do one thing', () => {
	let bench: SessionBench;
	let folder: string;
	beforeAll(async () => {
		bench = await SessionBench.start();
		folder = mkdtempSync(join(tmpdir(), 'whatsapp-commands-'));
	});
	afterAll(async () => {
		rmSync(folder, { recursive: true });
		await bench.close();
	});

	describeEngines((dialect, engine) => {
		const run = async (name: string, given: readonly string[], keys: readonly string[] = TEST_KEYS): Promise<string> => {
			const command = COMMANDS[name];
			if (command === undefined) throw new Error(`no ${name}`);
			return await runCommand(command, given, { store: engine.config, keys });
		};
		const session = [KEY.tenant, KEY.session];

		it('backs a number up while it runs, and puts it back when nobody runs it', async () => {
			const store = await engine.open();
			const running = bench.process(store);
			const salon = await bench.linked(running, dialect === 'sqlite' ? '79990005301' : '79990005302');
			const file = join(folder, `${dialect}.backup`);
			expect(await run('backup', [...session, file])).toContain(file);
			expect(statSync(file).mode & 0o777).toBe(0o600);
			expect(readFileSync(file, 'utf8')).not.toContain(salon.number);
			await expect(run('backup', [...session, file])).rejects.toThrow(/exist/);
			await expect(run('backup', ['salon', 'other', `${file}2`])).rejects.toMatchObject({ code: 'not_linked' });
			await expect(run('restore', [...session, file])).rejects.toMatchObject({ code: 'session_held' });
			expect(await running.core.status(KEY)).toMatchObject({ state: 'open' });

			await running.core.shutdown();
			await store.write(async (trx) => {
				for (const table of ['wa_creds', 'wa_key'] as const) await trx.deleteFrom(table).execute();
			});
			expect(await run('restore', [...session, file])).toMatch(/made at 20\d\d-.*restored/);
			const again = bench.process(await engine.open());
			await again.core.ensure(KEY);
			await becomes(again, 'open');
			expect(salon.devices.size).toBe(1);

			// by who runs it, and by itself where nobody does
			expect(await run('reseal', session)).toBe('Values sealed anew: 0.');
			await again.core.shutdown();
			expect(await run('reseal', session, [NEW_KEY, ...TEST_KEYS])).toMatch(/^Values sealed anew: [1-9]\d\d/);
			expect(await run('reseal', session, [NEW_KEY])).toBe('Values sealed anew: 0.');
		});

		it('sets the version of the client, and takes it back', async () => {
			const stored = async () => (await (await engine.open()).db.selectFrom('wa_version').select('value').where('source', '=', 'override').execute()).map(({ value }) => value);
			await run('version', ['2.3000.1043857760']);
			expect(await stored()).toEqual(['2.3000.1043857760']);
			await expect(run('version', ['latest'])).rejects.toMatchObject({ code: 'settings_invalid' });
			await run('version', ['none']);
			expect(await stored()).toEqual([]);
		});
	});

	/** As it is called by hand. */
	const call = (...given: readonly string[]) => {
		const config: StoreConfig = { engine: 'sqlite', path: join(folder, 'by-hand.sqlite') };
		const env = { ...process.env, [VARIABLES.databaseFile]: config.path, [VARIABLES.keys]: TEST_KEYS.join('\n') };
		const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', join(ROOT, 'test/support/register.js'), join(ROOT, 'core/whatsapp/host/main.ts'), ...given], { env, encoding: 'utf8' });
		return { status, stdout, stderr };
	};

	it('ends when it is done, and says how it is called when it is called wrongly', () => {
		expect(call('version', '2.3000.1043857760')).toEqual({ status: 0, stdout: expect.stringContaining('try it'), stderr: '' });
		const wrong = call('backup', 'salon');
		expect(wrong.status).toBe(1);
		for (const word of Object.keys(COMMANDS)) expect(wrong.stderr).toContain(`  ${word} <`);
		expect(call('version', 'latest')).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining('three numbers') });
	});
});
