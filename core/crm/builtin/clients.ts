import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type Client, type ClientPatch, type NewClient, type Outcome, ok, type Phone, refused } from '../../booking';
import { parsePhone } from '../../language/phone';
import type { CrmClientTable } from '../../store/schema/builtin-crm';
import { readSettings } from './catalogue';
import { answering, type Context, type Db, isKeyTaken, nowText, writeAgainWhenTaken } from './context';
import { ID, parseInput, text } from './inputs';
import { NOT_SET_UP } from './selection';

const PHONE = v.pipe(v.string(), v.maxLength(60, 'The phone is too long.'));
const NAME = text(100, 'The name');
const NEW_CLIENT = v.object({ name: NAME, phone: PHONE });
const CLIENT_PATCH = v.object({ name: v.optional(NAME), phone: v.optional(PHONE) });

const BAD_PHONE = refused('phone_invalid', 'This is not a phone number; give it with the country code, for example +7 916 123-45-67.');
const NO_NAME = refused('name_missing', 'The client has no name; ask for it.');
const NO_CLIENT = refused('not_found', 'There is no client with this id; find or create the client first.');
const SAME_CARD = refused('client_invalid', 'Another card has this name and phone already; use that card.');
const BLOCKED_PHONE = refused('client_blocked', 'The client is blocked; a person has to decide.');

/** Cards with this phone in any spelling, oldest first; an empty list when there is none. */
export function findClient(context: Context, phone: Phone): Promise<Outcome<readonly Client[]>> {
	return answering(async () => {
		const parsed = parseInput(PHONE, phone);
		if (parsed.kind === 'refused') return BAD_PHONE;
		const { tenant, store } = context;
		const settings = await readSettings(store.db, tenant);
		if (settings === null) return NOT_SET_UP;
		const e164 = parsePhone(parsed.value, settings.country)?.phone;
		if (e164 === undefined) return BAD_PHONE;
		return ok((await withPhone(store.db, tenant, e164)).map(clientOf));
	});
}

/** Opens a card. The same name and phone return the card there is; a phone that is blocked opens no second card. */
export function createClient(context: Context, input: NewClient): Promise<Outcome<Client>> {
	const id = randomUUID();
	return answering(async () => {
		const parsed = parseInput(NEW_CLIENT, input);
		if (parsed.kind === 'refused') return parsed;
		const { name, phone } = parsed.value;
		if (name === '') return NO_NAME;
		const { tenant } = context;
		return writeAgainWhenTaken(context.store, async (trx): Promise<Outcome<Client>> => {
			const settings = await readSettings(trx, tenant);
			if (settings === null) return NOT_SET_UP;
			const e164 = parsePhone(phone, settings.country)?.phone;
			if (e164 === undefined) return BAD_PHONE;
			const cards = await withPhone(trx, tenant, e164);
			if (cards.some((card) => card.blocked === 1)) return BLOCKED_PHONE;
			const same = cards.find((card) => card.name_key === foldText(name));
			if (same !== undefined) return ok(clientOf(same));
			const now = nowText(context);
			const row = { tenant, id, ...nameColumns(name, e164), blocked: 0, notes: null, created_at: now, updated_at: now };
			await trx.insertInto('crm_client').values(row).execute();
			return ok(clientOf(row));
		});
	}, `client:${id}`);
}

/** Changes name or phone of a card; what is not named stays. */
export function updateClient(context: Context, id: string, patch: ClientPatch): Promise<Outcome<Client>> {
	return answering(async () => {
		const parsedId = parseInput(ID, id);
		if (parsedId.kind === 'refused') return parsedId;
		const parsed = parseInput(CLIENT_PATCH, patch);
		if (parsed.kind === 'refused') return parsed;
		if (parsed.value.name === '') return NO_NAME;
		const { tenant } = context;
		try {
			return await context.store.write(async (trx): Promise<Outcome<Client>> => {
				const settings = await readSettings(trx, tenant);
				if (settings === null) return NOT_SET_UP;
				const row = await readClient(trx, tenant, parsedId.value);
				if (row === null) return NO_CLIENT;
				const phone = parsed.value.phone === undefined ? row.phone : parsePhone(parsed.value.phone, settings.country)?.phone;
				if (phone === undefined) return BAD_PHONE;
				const name = parsed.value.name ?? row.name;
				const changed = { ...row, ...nameColumns(name, phone), updated_at: nowText(context) };
				await trx
					.updateTable('crm_client')
					.set({ ...nameColumns(name, phone), updated_at: changed.updated_at })
					.where('tenant', '=', tenant)
					.where('id', '=', row.id)
					.execute();
				return ok(clientOf(changed));
			});
		} catch (error) {
			if (isKeyTaken(error)) return SAME_CARD;
			throw error;
		}
	}, `client:${id}`);
}

/** The row of a client, or null. */
export async function readClient(db: Db, tenant: string, id: string): Promise<CrmClientTable | null> {
	const row = await db.selectFrom('crm_client').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
	return row ?? null;
}

/** A card as the domain sees it. */
export function clientOf(row: CrmClientTable): Client {
	return { id: row.id, name: row.name, phone: row.phone, blocked: row.blocked === 1 };
}

/** Name, phone and what is searched and compared instead of them. */
export function nameColumns(name: string | null, phone: Phone | null): Pick<CrmClientTable, 'name' | 'phone' | 'name_key' | 'search'> {
	const key = name === null ? null : foldText(name);
	return { name, phone, name_key: key, search: `${key ?? ''} ${phone?.slice(1) ?? ''}`.trim() };
}

/** Text for comparison, made in code because the engines fold Cyrillic differently or not at all: lower case, ё as е. */
export function foldText(value: string): string {
	return value.normalize('NFKC').toLowerCase().replace(/ё/g, 'е').replace(/\s+/g, ' ').trim();
}

function withPhone(db: Db, tenant: string, phone: Phone): Promise<CrmClientTable[]> {
	return db.selectFrom('crm_client').selectAll().where('tenant', '=', tenant).where('phone', '=', phone).orderBy('created_at').orderBy('id').execute();
}
