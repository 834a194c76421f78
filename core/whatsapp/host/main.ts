#!/usr/bin/env node
import { COMMANDS, runCommand } from './commands';
import { readHostConfig, VARIABLES } from './config';
import { startSessionHost } from './host';

const USAGE = `ai-admin-whatsapp-host [config.json]

Runs the WhatsApp sessions of a store outside n8n. Several hosts may run at once and share them.
The file holds databaseUrl or databaseFile, schema, keys, maxSessions, healthPort; environment variables go before it:
${Object.entries(VARIABLES).map(([name, variable]) => `  ${variable} (${name})`).join('\n')}

With one of these words it does that and ends:
${Object.entries(COMMANDS).map(([word, { names, what }]) => `  ${[word, ...names.map((name) => `<${name}>`)].join(' ')} [config.json]\n      ${what}`).join('\n')}
`;

/** A shutdown that hangs is ended by force. */
const LONGEST_STOP_MS = 20_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(given: readonly string[]): Promise<void> {
	const [first, ...rest] = given;
	if (first === '--help' || first === '-h') {
		print(USAGE);
		return;
	}
	const command = first !== undefined && Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
	if (command === undefined) await host(first);
	else await once(command, rest);
}

async function once(command: NonNullable<(typeof COMMANDS)[string]>, given: readonly string[]): Promise<void> {
	const { length } = command.names;
	if (given.length < length || given.length > length + 1) throw new Error(USAGE);
	print(await runCommand(command, given.slice(0, length), readHostConfig(process.env, given[length])));
}

async function host(file: string | undefined): Promise<void> {
	const running = await startSessionHost(readHostConfig(process.env, file), print);
	print(JSON.stringify({ level: 'info', line: 'started', port: running.port }));
	let isStopping = false;
	const stop = (): void => {
		if (isStopping) return;
		isStopping = true;
		setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
		running.stop().then(
			() => process.exit(0),
			() => process.exit(1),
		);
	};
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : 'The session host cannot start.'}\n`);
	process.exitCode = 1;
});
