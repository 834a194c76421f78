import { ok, type Lead, type LeadDesk, type LeadStage, type LeadSubject, type Outcome, unavailable } from '../../../core/booking';
import { CLAIM, Desk, IRINA } from './desk';

/** A pipeline that keeps what it was told; `answer` may say something else than ok. */
class LeadDouble implements LeadDesk {
	readonly moves: { readonly clientId: string; readonly stage: LeadStage; readonly title: string; readonly key: string }[] = [];
	answer: () => Promise<Outcome<Lead | null>> = async () => ok(null);

	async stage({ clientId, title }: LeadSubject, stage: LeadStage, key: string): Promise<Outcome<Lead | null>> {
		this.moves.push({ clientId, stage, title, key });
		return this.answer();
	}

	get stages(): readonly LeadStage[] {
		return this.moves.map(({ stage }) => stage);
	}
}

function deskWith(leads: LeadDouble, options: ConstructorParameters<typeof Desk>[0] = {}): Desk {
	return new Desk({ leads, ...options });
}

describe('the lead of a client', () => {
	it('is new with the first word, talking with a wish, booked with the visit; each said once', async () => {
		const leads = new LeadDouble();
		const desk = deskWith(leads);
		const irina = desk.crm.addClient('Ирина', IRINA);
		await desk.write('здравствуйте', { type: 'smalltalk', kind: 'hello' });
		await desk.write('а где вы?', { type: 'ask', topic: 'address', text: 'где' });
		await desk.toSummary();
		expect(await desk.write('да')).toMatch(CLAIM);
		await desk.write('спасибо', { type: 'smalltalk', kind: 'thanks' });
		expect(leads.stages).toEqual(['new', 'talking', 'booked']);
		expect(new Set(leads.moves.map(({ clientId }) => clientId))).toEqual(new Set([irina.id]));
		expect(new Set(leads.moves.map(({ key }) => key)).size).toBe(3);
	});

	it('is cancelled with the visit, and begins anew with another wish', async () => {
		const leads = new LeadDouble();
		const desk = deskWith(leads);
		await desk.toSummary();
		await desk.write('да');
		await desk.write('отмените', { type: 'manage', op: 'cancel' });
		await desk.write('да');
		await desk.toSummary('14:00');
		expect(leads.stages).toEqual(['talking', 'booked', 'cancelled', 'talking']);
	});

	it('is not opened for a phone that only the client claims, until a visit is written for it', async () => {
		const leads = new LeadDouble();
		const desk = deskWith(leads, { phone: null });
		await desk.toSummary();
		await desk.write('Ирина +79165550011', { type: 'fill', nameText: 'Ирина', phoneText: '+79165550011' });
		expect(leads.moves).toEqual([]);
	});

	it('opens a card only for who wants a visit and has said a name', async () => {
		const leads = new LeadDouble();
		const desk = deskWith(leads);
		await desk.write('здравствуйте', { type: 'smalltalk', kind: 'hello' });
		await desk.write('стрижка', { type: 'book', serviceText: 'стрижка женская' });
		expect({ cards: desk.crm.clients.length, moves: leads.moves }).toEqual({ cards: 0, moves: [] });
		await desk.write('я Ирина', { type: 'fill', nameText: 'Ирина' });
		expect(desk.crm.clients).toMatchObject([{ name: 'Ирина', phone: IRINA }]);
		expect(leads.stages).toEqual(['talking']);
	});

	it.each([
		['that is down', async (): Promise<Outcome<Lead | null>> => unavailable('down')],
		['that breaks', async (): Promise<Outcome<Lead | null>> => Promise.reject(new Error('broken'))],
		['that never answers', () => new Promise<Outcome<Lead | null>>(() => undefined)],
	])('in a pipeline %s costs the dialogue nothing, and the move is tried again', async (_name, answer) => {
		const leads = new LeadDouble();
		leads.answer = answer;
		const desk = deskWith(leads);
		await desk.toSummary();
		leads.answer = async () => ok(null);
		await desk.write('секунду', { type: 'smalltalk', kind: 'other' });
		expect(leads.stages).toEqual(['talking', 'talking']);
		expect(await desk.write('да')).toMatch(CLAIM);
	});
});
