import { BitrixError, missingParameter } from '../errors';
import { parameter, textsOf } from '../parameters';
import { COMPANY, CONTACT, LEAD } from '../portal';
import { type MethodTable, phpMap } from '../world';
import { visibleItems } from './items';

const MAX_VALUES = 20;
const MAX_IDS = 20;
const KINDS = [['LEAD', LEAD], ['CONTACT', CONTACT], ['COMPANY', COMPANY]] as const;

/** The search by phone and e-mail. */
export const DUPLICATE_METHODS: MethodTable = {
	'crm.duplicate.findbycomm': {
		scope: 'crm',
		run: (call) => {
			const type = String(parameter(call.parameters, 'type') ?? '').toUpperCase();
			if (type !== 'PHONE' && type !== 'EMAIL') throw new BitrixError(400, 'Communication type is not defined', 'Communication type is not defined');
			const values = textsOf(parameter(call.parameters, 'values'));
			if (values.length === 0 || values.length > MAX_VALUES) throw missingParameter('values');
			const normal = type === 'EMAIL' ? emailKey : call.switches.duplicatePhones === 'national' ? nationalKey : phoneKey;
			const wanted = new Set(values.map(normal));
			const only = String(parameter(call.parameters, 'entity_type') ?? '').toUpperCase();
			const found: Record<string, readonly number[]> = {};
			for (const [name, kind] of KINDS) {
				if (only !== '' && only !== name) continue;
				const hits = visibleItems(call, kind).filter(({ fm }) => fm.some((row) => row.typeId === type && wanted.has(normal(row.value))));
				if (hits.length === 0) continue;
				found[name] = hits.slice(0, MAX_IDS).map(({ id }) => id);
				// a kind that is full leaves no place for the others
				if (hits.length >= MAX_IDS) return { result: { [name]: found[name] } };
			}
			return { result: phpMap(found, call.switches) };
		},
	},
};

/** Digits alone; an extension is not part of the number. */
function phoneKey(value: string): string {
	return value.replace(/(доб|ext|x|;|,).*$/i, '').replace(/\D/g, '');
}

function nationalKey(value: string): string {
	const digits = phoneKey(value);
	return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}

function emailKey(value: string): string {
	return value.trim().toLowerCase();
}
