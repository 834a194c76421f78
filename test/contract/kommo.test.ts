import { KOMMO } from '../../core/crm/amocrm';
import { describeAccount, positions } from './support/amocrm-contract';

describe('Kommo', () => describeAccount('Kommo', KOMMO));
describe('Kommo whose lists are not filtered', () => describeAccount('Kommo, filters ignored', KOMMO, { filters: 'ignored' }));

describe.each([1, 2])('Kommo with every switch in position %i', (n) => describeAccount(`Kommo, switches ${n}`, KOMMO, positions(n)));
