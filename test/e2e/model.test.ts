import { client, publishWebhook, replyTo, type Answer } from './support/client';
import { startN8n, type N8n } from './support/n8n';
import { FAULTS, type FaultName } from './support/openai-server/faults';
import { startOpenAiServer, type OpenAiServer } from './support/openai-server/server';
import { understands, type WireAct } from './support/openai-server/understanding';
import { openAiCredential, publishVariant, type Variant } from './support/openai-server/workflow';
import { salonRows } from './support/salon';

type ModelAnswer = Answer & { readonly understanding: string };

/** Nothing here names a service in words the rules know. */
const FREE_WORDS = 'Свекровь приезжает, хочется послезавтра привести пальчики в божеский вид';
/** The rules can read it, but not every word: a model is asked for a second opinion. */
const HALF_PLAIN = 'Свекровь приезжает, поэтому хочу на маникюр послезавтра, а то совсем беда с пальчиками';
/** A list of free times to choose from. */
const OFFERS = /^1\. .*\d\d:\d\d/m;
const LONGEST_WAIT_MS = 15_000;
/** Faults that go on until the client hangs up. */
const ENDLESS: readonly FaultName[] = ['slow', 'never', 'drip'];
const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

describe("Booking Agent with n8n's own OpenAI Chat Model", () => {
	let n8n: N8n;
	let server: OpenAiServer;
	let credential: string;
	let rows: ReturnType<typeof salonRows>;
	/** The same assistant without any model. */
	let plain: string;

	beforeAll(async () => {
		n8n = await startN8n();
		server = await startOpenAiServer();
		credential = await openAiCredential(n8n, server.url);
		plain = await publishWebhook(n8n, 'webhook-assistant.json');
		await client(plain, 'warm').say('Здравствуйте');
		rows = salonRows(n8n.userFolder);
	});

	afterAll(async () => {
		rows?.close();
		await server?.close();
		await n8n?.stop();
	});

	/** A client of a variant of its own; `say` also tells how long the answer took. */
	async function person(variant: Variant, phone: string): Promise<{ say(text: string): Promise<ModelAnswer & { ms: number }> }> {
		const address = await publishVariant(n8n, credential, variant);
		const { say } = client(address, variant.path, phone);
		return {
			say: async (text) => {
				const started = performance.now();
				const answer = (await say(text)) as ModelAnswer;
				return { ...answer, ms: performance.now() - started };
			},
		};
	}

	/** Goes on from an answer until a visit stands, as a client would who wrote plainly. */
	async function finish(say: (text: string) => Promise<Answer>, first: Answer): Promise<string[]> {
		const texts = [first.text];
		for (let next = replyTo(first.text, { service: 'маникюр', contact: 'Анна' }); next !== null && texts.length < 8; ) {
			const { text } = await say(next);
			texts.push(text);
			next = replyTo(text, { service: 'маникюр', contact: 'Анна' });
		}
		return texts;
	}

	/** Calls that go on for ever and were not hung up; a closed socket is heard of a moment later. */
	async function openCalls(fault: FaultName): Promise<number> {
		const open = (): number => server.calls.filter(({ left }) => ENDLESS.includes(fault) && !left).length;
		for (const deadline = performance.now() + 5000; open() > 0 && performance.now() < deadline; ) await new Promise((resolve) => setTimeout(resolve, 20));
		return open();
	}

	const booking: readonly WireAct[] = [{ type: 'book', serviceText: 'привести пальчики в божеский вид', serviceRef: 'Маникюр', whenText: 'послезавтра' }];

	it('books what only the model understood, and asks it nothing for a number and a yes', async () => {
		server.play('understands', understands((words) => (words.includes('божеский вид') ? booking : null)));
		server.forget();
		const { say } = await person({ path: 'understood', main: 'understands' }, '+79170000001');
		const first = await say(FREE_WORDS);
		expect(first).toMatchObject({ kind: 'replied', understanding: 'model' });
		expect(first.text).toMatch(OFFERS);
		const texts = await finish(say, first);
		expect(texts.at(-1)).toMatch(/записаны/);
		expect(rows.visitsOf('+79170000001').map(({ status }) => status)).toEqual(['booked']);
		expect(server.calls.length).toBeLessThanOrEqual(2);
		expect(JSON.stringify(server.calls.map(({ request }) => request))).not.toMatch(/79170000001|9170000001/);
	});

	it('says by rules what it could not read without the model', async () => {
		const { text } = await client(plain, 'no-model', '+79170000002').say(FREE_WORDS);
		expect(text).not.toMatch(OFFERS);
	});

	it('asks the fallback model when the first one fails, and tells them apart by their inputs', async () => {
		server.play('first', () => ({ fault: 'server_error' }));
		server.play('second', understands(() => booking));
		server.forget();
		const { say } = await person({ path: 'fallen-back', main: 'first', fallback: 'second' }, '+79170000003');
		const first = await say(FREE_WORDS);
		expect(first).toMatchObject({ understanding: 'model' });
		expect(server.calls.map(({ model }) => model)).toEqual(['first', 'second']);
		expect((await finish(say, first)).at(-1)).toMatch(/записаны/);
		expect(rows.visitsOf('+79170000003')).toHaveLength(1);
	});

	it('leaves the fallback model alone while the first one answers', async () => {
		server.play('well', understands(() => booking));
		server.forget();
		const { say } = await person({ path: 'no-need', main: 'well', fallback: 'idle' }, '+79170000004');
		expect(await say(FREE_WORDS)).toMatchObject({ understanding: 'model' });
		expect(server.calls.map(({ model }) => model)).toEqual(['well']);
	});

	it('asks no model for plain words', async () => {
		server.forget();
		const { say } = await person({ path: 'plain', main: 'well' }, '+79170000005');
		const first = await say('Здравствуйте');
		expect(first.understanding).toBe('rules');
		expect((await finish(say, await say('хочу на маникюр послезавтра'))).at(-1)).toMatch(/записаны/);
		expect(server.calls).toEqual([]);
	});

	it.each(FAULT_NAMES)('answers usefully within fifteen seconds when the provider fails with %s, and still books', async (fault) => {
		const index = FAULT_NAMES.indexOf(fault);
		const phone = `+7917100${String(index).padStart(4, '0')}`;
		const model = `fault-${fault}`;
		server.play(model, () => ({ fault }));
		server.forget();
		const { say } = await person({ path: `fails-${fault}`.replace(/_/g, '-'), main: model }, phone);
		const first = await say(HALF_PLAIN);
		expect(server.calls.map((call) => call.model)).toContain(model);
		expect(first).toMatchObject({ kind: 'replied', understanding: 'rules' });
		expect(first.ms).toBeLessThan(LONGEST_WAIT_MS);
		expect(first.text).toMatch(OFFERS);
		const texts = await finish(say, first);
		expect({ texts, last: texts.at(-1) }).toMatchObject({ last: expect.stringMatching(/записаны/) as unknown });
		expect(rows.visitsOf(phone).map(({ status }) => status)).toEqual(['booked']);
		expect(await openCalls(fault)).toBe(0);
	});

	it('answers within fifteen seconds when both models hang', async () => {
		for (const name of ['hang-1', 'hang-2']) server.play(name, () => ({ fault: 'never' }));
		server.forget();
		const { say } = await person({ path: 'both-hang', main: 'hang-1', fallback: 'hang-2' }, '+79170000006');
		const first = await say(HALF_PLAIN);
		expect(server.calls.map(({ model }) => model)).toEqual(['hang-1', 'hang-2']);
		expect(first.ms).toBeLessThan(LONGEST_WAIT_MS);
		expect(first.text).toMatch(OFFERS);
		// the second one rests by now, so that it is not waited for again
		const next = await say('а подешевле чего-нибудь не найдётся у ваших мастериц?');
		expect(server.calls.filter(({ model }) => model === 'hang-2')).toHaveLength(1);
		expect(next.ms).toBeLessThan(LONGEST_WAIT_MS);
		expect(next.text).not.toBe('');
	});
});
