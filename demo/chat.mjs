/** `npm run chat`: a conversation with the demo's assistant in the terminal, or line by line from a pipe. */
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { sendChatMessage } from './lib/chat-client.mjs';
import { SetupError } from './lib/checks.mjs';
import { readDemoState } from './lib/demo-state.mjs';
import { answers } from './lib/instance.mjs';

const NOT_RUNNING = 'The demo does not run: start it in another terminal with "npm start" and run "npm run chat" again.';

async function main() {
	const running = (await readDemoState())?.running;
	const address = running?.chats[0];
	if (!running || !address || !(await answers(`${running.url}/healthz/readiness`))) throw new SetupError(NOT_RUNNING);

	const sessionId = randomUUID();
	const isTerminal = process.stdin.isTTY === true;
	const lines = createInterface({ input: process.stdin, output: isTerminal ? process.stdout : undefined, prompt: 'you> ' });
	if (isTerminal) process.stdout.write('Write to the assistant; a number picks a button; Ctrl-D ends.\n');
	// with a pipe the input may have ended while an answer is awaited, and a closed input takes no prompt
	const prompt = () => {
		if (isTerminal) lines.prompt();
	};
	prompt();
	/** @type {import('./lib/chat-client.mjs').ChatReply['buttons']} */
	let buttons = [];
	for await (const line of lines) {
		const typed = line.trim();
		if (typed === '') {
			prompt();
			continue;
		}
		if (!isTerminal) process.stdout.write(`you> ${typed}\n`);
		const picked = /^\d+$/.test(typed) ? buttons[Number(typed) - 1] : undefined;
		const reply = await sendChatMessage(address, sessionId, picked?.value ?? typed).catch((cause) => {
			throw new SetupError(`The assistant does not answer (${cause.message}): look at the terminal of "npm start".`, { cause });
		});
		({ buttons } = reply);
		process.stdout.write(`assistant> ${reply.text}\n`);
		// a reply often lists its buttons by the same numbers
		const listed = new RegExp(`^${buttons.length}\\. `, 'm').test(reply.text);
		if (!listed) process.stdout.write(buttons.map(({ text }, index) => `  ${index + 1}. ${text}\n`).join(''));
		prompt();
	}
	if (isTerminal) process.stdout.write('\n');
}

main().catch((error) => {
	process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
	process.exit(1);
});
