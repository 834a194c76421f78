import { client, publishUnique, replyTo, type Answer } from './support/client';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';

const DIALOGUES = Number(process.env['CRASH_DIALOGUES'] ?? 20);
const KILLS = Number(process.env['CRASH_KILLS'] ?? 3);
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const AT_ONCE = 8;
const SERVICES = ['маникюр', 'педикюр', 'мужскую стрижку', 'массаж спины', 'коррекцию бровей', 'укладку'];
const DAYS = ['завтра', 'послезавтра', 'через 3 дня', 'через 4 дня', 'через 5 дней', 'через неделю'];

/** What one client saw; the texts are shown when the dialogue went wrong. */
interface Result {
	readonly phone: string;
	readonly told: number;
	readonly texts: readonly string[];
}

/** Small, seeded: the same seed kills at the same moments of the plan. */
function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

describe('n8n killed in the middle of dialogues', () => {
	let n8n: N8n;
	let address: string;
	let down = false;

	beforeAll(async () => {
		process.stdout.write(`crash seed ${SEED}: ${DIALOGUES} dialogues, ${KILLS} kills\n`);
		n8n = await startN8n();
		address = await publishUnique(n8n, 'webhook-assistant.json');
	});

	afterAll(async () => {
		await n8n?.stop();
	});

	/** n8n 2.41 may die in its own recovery of killed executions; a service manager starts it again, and so do we. */
	async function comeBack(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await n8n.restart();
			} catch (error) {
				if (attempt === 5) throw error;
			}
		}
	}

	/** A messenger redelivers what was not acknowledged: the same message under the same id until it is answered. */
	async function deliver(person: ReturnType<typeof client>, text: string, id: string): Promise<Answer> {
		// Time while n8n is down does not count: on a busy machine it starts longer than it lives.
		for (let attempt = 0; attempt < 600; ) {
			if (!down) {
				attempt++;
				const answer = await person.say(text, id).catch(() => null);
				if (answer !== null && answer.text !== '') return answer;
			}
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`Message ${id} was never answered`);
	}

	async function dialogue(index: number): Promise<Result> {
		const phone = `+7916200${String(index).padStart(4, '0')}`;
		const person = client(address, `crash-${index}`, phone);
		const service = SERVICES[index % SERVICES.length] ?? 'маникюр';
		let next: string | null = `Здравствуйте, запишите на ${service} ${DAYS[(index >> 1) % DAYS.length]}, меня зовут Анна`;
		let told = 0;
		const texts: string[] = [];
		for (let turn = 0; next !== null && turn < 12; turn++) {
			const { text } = await deliver(person, next, `m${turn}`);
			if (/записаны/.test(text)) told++;
			texts.push(`> ${next}`, text);
			next = replyTo(text, { service, contact: 'Анна' });
		}
		return { phone, told, texts };
	}

	it(
		'books nobody twice, loses no confirmed visit and answers every message',
		async () => {
			const chance = random(SEED);
			const results: Result[] = [];
			const queue = Array.from({ length: DIALOGUES }, (_unused, index) => index);
			let running = true;
			const worker = async (): Promise<void> => {
				for (let index = queue.shift(); index !== undefined; index = queue.shift()) results.push(await dialogue(index));
			};
			const killer = async (): Promise<void> => {
				for (let kill = 0; kill < KILLS && running; kill++) {
					await new Promise((resolve) => setTimeout(resolve, 150 + chance() * 1200));
					down = true;
					await n8n.kill('SIGKILL');
					await comeBack();
					down = false;
				}
			};
			const talking = Promise.all(Array.from({ length: AT_ONCE }, worker)).finally(() => (running = false));
			// An n8n that does not come back ends the test at once: its clients would wait for ever.
			await Promise.all([talking, killer()]);

			expect(results).toHaveLength(DIALOGUES);
			const rows = salonRows(n8n.userFolder);
			const wrong = results
				.map((result) => ({ ...result, visits: rows.visitsOf(result.phone) }))
				.filter(({ told, visits }) => told !== 1 || visits.filter(({ status }) => status === 'booked').length !== 1);
			const open = rows.count("select count(*) as n from operation where status in ('sending', 'unknown')");
			const waiting = rows.count('select count(*) as n from inbox where answered_at is null');
			rows.close();
			expect(wrong).toEqual([]);
			expect({ open, waiting }).toEqual({ open: 0, waiting: 0 });
		},
		30 * 60_000,
	);
});
