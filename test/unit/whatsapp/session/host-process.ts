import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { StoreConfig } from '../../../../core/store';
import { VARIABLES } from '../../../../core/whatsapp/host/config';
import { TEST_URL_VARIABLE } from '../../../../core/whatsapp/session';
import { TEST_KEYS } from '../../../support/engines';
import { until } from './bench';

const ROOT = join(__dirname, '../../../..');
const START_MS = 60_000;

/** A session host as it is started by hand, from the sources. */
export class HostProcess {
	readonly #child: ChildProcess;
	/** Everything it printed, on both outputs. */
	printed = '';
	errors = '';
	readonly #ended: Promise<number | null>;

	constructor(config: StoreConfig, url: string) {
		const store = config.engine === 'sqlite' ? { [VARIABLES.databaseFile]: config.path } : { [VARIABLES.databaseUrl]: config.connectionString, [VARIABLES.schema]: config.schema };
		this.#child = spawn(process.execPath, ['-r', join(ROOT, 'test/support/register.js'), join(ROOT, 'core/whatsapp/host/main.ts')], {
			env: { ...process.env, ...store, [VARIABLES.keys]: TEST_KEYS.join('\n'), [VARIABLES.healthPort]: '0', [TEST_URL_VARIABLE]: url },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.#child.stdout?.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
		this.#child.stderr?.on('data', (chunk: Buffer) => {
			this.printed += chunk.toString();
			this.errors += chunk.toString();
		});
		this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
	}

	/** Port of its health page, once it has started. */
	async port(): Promise<number> {
		const started = await until(() => this.printed.split('\n').find((line) => line.includes('"started"')), 'the host has started', START_MS);
		return (JSON.parse(started) as { port: number }).port;
	}

	/** Its exit code after a signal; null when the signal itself ended it. */
	async end(signal: NodeJS.Signals): Promise<number | null> {
		this.#child.kill(signal);
		return await this.#ended;
	}
}
