import { createRandom } from '../kit';
import type { SimulatedSalon } from './salon';
import { momentAt, plusDays } from './time';
import type { VendorSimulator } from './vendor';

/** How large a salon's past is. */
export interface Past {
	readonly clients: number;
	readonly visits: number;
	readonly sales: number;
	/** Last day of the past, `YYYY-MM-DD`. */
	readonly until: string;
	readonly days: number;
	readonly seed?: number;
}

const NAMES = ['Анна', 'Мария', 'Елена', 'Пётр', 'Иван', 'Ольга', 'Алёна', 'Соня'];

/** Fills a branch with clients, attended and missed visits, cancellations and sales, the same for the same seed. */
export function populate({ state }: VendorSimulator, { company, user }: SimulatedSalon, past: Past): void {
	const random = createRandom(past.seed ?? 1);
	const services = [...state.services.values()].filter(({ companyId }) => companyId === company.id);
	const good = { id: state.nextId('good'), companyId: company.id, title: 'Шампунь 250 мл', cost: 1200, categoryId: 0 };
	state.goods.set(good.id, good);
	const moment = (): number => momentAt(company, plusDays(past.until, -random.integer(0, past.days - 1)), `${random.integer(10, 19)}:00`);
	const clients = Array.from({ length: past.clients }, (_, index) =>
		state.addClient(company.id, { name: random.pick(NAMES), phone: `7926${String(1_000_000 + index)}` }, momentAt(company, plusDays(past.until, -past.days), '12:00')));
	for (let made = 0; made < past.visits; made += 1) {
		const service = random.pick(services);
		const start = moment();
		const record = state.addRecord({
			companyId: company.id, staffId: random.pick([...service.staff.keys()]), clientId: random.pick(clients).id, start, seanceLength: 3600, breakSeconds: 0,
			services: [{ id: service.id, title: service.title, cost: service.priceMin, firstCost: service.priceMin, discount: 0, amount: 1 }],
			comment: '', attendance: random.integer(1, 10) === 1 ? -1 : 1, confirmed: 1, apiId: '', labels: [], customFields: {}, customColor: '', smsRemainHours: 0, emailRemainHours: 0,
			activityId: 0, online: random.integer(0, 1) === 1, createdUserId: user.id, createdAt: start - random.integer(1, 20) * 86_400_000,
		});
		record.deleted = random.integer(1, 20) === 1;
	}
	for (let made = 0; made < past.sales; made += 1) {
		const amount = random.integer(1, 3);
		state.addGoodsTransaction({
			companyId: company.id, typeId: 1, good: { id: good.id, title: good.title }, amount: -amount, costPerUnit: good.cost, cost: good.cost * amount, discount: 0, staffId: null,
			clientId: random.pick(clients).id, recordId: 0, visitId: 0, comment: '', createdAt: moment(),
		});
	}
}
