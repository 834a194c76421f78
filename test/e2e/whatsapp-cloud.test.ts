import { setTimeout as sleep } from 'node:timers/promises';
import { GraphApi, type SentBody } from './support/graph-api';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';
import { until } from './support/until';
import { importTemplate, publishTemplate, runTemplate } from './support/template';

const ANNA = '79161110701';
const PATIENCE_MS = 60_000;

/** The official API needs no client of ours: this installation has none. */
const CLIENT = '@whiskeysockets';

describe('the WhatsApp Cloud template in a real n8n that lacks Baileys', () => {
	let graph: GraphApi;
	let n8n: N8n;
	let workflowId: string;

	beforeAll(async () => {
		graph = await new GraphApi().start();
		n8n = await startN8n({ without: [CLIENT], env: graph.env });
		({ id: workflowId } = await publishTemplate(n8n, '07-whatsapp-cloud-assistant.json', { credentials: graph.credentials, settings: { graphUrl: `${graph.url}/v23.0`, templateName: 'come_back' }, panels: { 'Collect Messages': { parameters: { quietSeconds: 2 } } } }));
		// the app's webhook is registered after the workflow is published
		await until(() => graph.subscription, (subscription) => subscription !== null, 'the subscription');
	});

	afterAll(async () => {
		await n8n?.stop();
		await graph?.close();
	});

	/** What is sent to a client in answer, until nothing more comes for a moment. */
	async function answers(number: string, happen: () => Promise<unknown>): Promise<readonly SentBody[]> {
		const before = graph.to(number).length;
		await happen();
		for (const deadline = Date.now() + PATIENCE_MS; graph.to(number).length === before; await sleep(50)) {
			if (Date.now() > deadline) throw new Error(`no answer; n8n printed ${n8n.output().slice(-1500)}`);
		}
		for (let seen = 0; seen !== graph.to(number).length; await sleep(1_500)) seen = graph.to(number).length;
		return graph.to(number).slice(before);
	}

	const say = (number: string, body: string) => graph.deliver(number, { type: 'text', text: { body } });
	const wordsOf = (sent: readonly SentBody[]) => sent.map(({ text, interactive }) => text?.body ?? interactive?.body.text ?? '').join('\n');
	const choicesOf = (sent: readonly SentBody[]) => {
		const { action } = sent.at(-1)?.interactive ?? {};
		return action?.buttons?.map(({ reply }) => ({ kind: 'button_reply', ...reply })) ?? action?.sections?.flatMap(({ rows }) => rows.map((row) => ({ kind: 'list_reply', ...row }))) ?? [];
	};

	it('books by buttons and lists, with the phone that WhatsApp proves', async () => {
		let sent = await answers(ANNA, async () => {
			await say(ANNA, 'Здравствуйте');
			// of a whole day there are always more times than a message has buttons
			await say(ANNA, 'хочу на маникюр послезавтра');
		});
		const kinds = new Set<string>();
		for (let step = 0; step < 12 && !/записаны|записал/i.test(wordsOf(sent)); step++) {
			const [choice] = choicesOf(sent);
			if (choice !== undefined) kinds.add(choice.kind);
			const { kind = '', id = '', title = '' } = choice ?? {};
			sent = await answers(ANNA, () => (choice === undefined ? say(ANNA, /имя|зовут/i.test(wordsOf(sent)) ? 'Анна' : 'маникюр') : graph.deliver(ANNA, { type: 'interactive', interactive: { type: kind, [kind]: { id, title } } })));
		}
		expect(wordsOf(sent)).toMatch(/записан|записал/i);
		expect([...kinds].sort()).toEqual(['button_reply', 'list_reply']);
		const rows = salonRows(n8n.userFolder);
		expect(rows.visitsOf(`+${ANNA}`).map(({ status }) => status)).toEqual(['booked']);
		rows.close();
	}, 180_000);

	it('makes one turn of the messages that come together, and tries a bubble again that did not go', async () => {
		graph.failNext.push(500);
		const number = '79161110702';
		const sent = await answers(number, async () => {
			await say(number, 'привет');
			await say(number, 'какие у вас цены?');
		});
		expect(wordsOf(sent)).toMatch(/\d/);
		expect(wordsOf(sent).match(/здравствуйте|добр(ый|ое)/gi) ?? []).toHaveLength(1);
	}, 90_000);

	it('takes nothing without the right signature', async () => {
		const number = '79161110703';
		const before = (await n8n.rest.executions({ workflowId, limit: 100 })).length;
		await graph.deliver(number, { type: 'text', text: { body: 'привет' } }, { secret: 'another secret' });
		expect(graph.to(number)).toEqual([]);
		expect(await n8n.rest.executions({ workflowId, limit: 100 })).toHaveLength(before);
	});

	it('sends the approved template, and nothing else, to somebody whose message is a day old', async () => {
		const number = '79161110704';
		const sent = await answers(number, () => graph.deliver(number, { type: 'text', text: { body: 'какие у вас цены?' } }, { hoursAgo: 25 }));
		expect(sent).toEqual([{ messaging_product: 'whatsapp', to: number, type: 'template', template: { name: 'come_back', language: { code: 'ru' } } }]);
		expect(wordsOf(await answers(number, () => say(number, 'я здесь, какие у вас цены?')))).toMatch(/\d/);
	}, 90_000);

	it('says in the nodes of the linked number what is missing and how to add it', async () => {
		const connect = await publishTemplate(n8n, '05-whatsapp-connect.json');
		await until(() => n8n.rest.executions({ workflowId: connect.id, status: ['error'] }), (list) => list.length === 1, 'the failed execution that tells it');
		// the link itself needs no client
		expect(await runTemplate(n8n, connect, 'Make a link')).toMatchObject({ status: 'success' });
		const pairing = await importTemplate(n8n, '05-whatsapp-connect.json', { name: 'Pair', panels: { 'Create pairing link': { parameters: { operation: 'pairByQr' } } } });
		const { status, details } = await runTemplate(n8n, pairing, 'Make a link');
		expect(status).toBe('error');
		expect(details).toMatch(/npm install --no-save --ignore-scripts @whiskeysockets\/baileys@7\.0\.0-rc14/);
	});
});
