import { AMOCRM } from '../../core/crm/amocrm';
import { describeAccount, positions } from './support/amocrm-contract';

describe('amoCRM', () => describeAccount('amoCRM', AMOCRM));
describe('amoCRM whose lists are not filtered', () => describeAccount('amoCRM, filters ignored', AMOCRM, { filters: 'ignored' }));
describe('amoCRM whose lists lag behind', () => describeAccount('amoCRM, index lag', AMOCRM, { indexLag: '2s' }));
describe('amoCRM that answers 204 for what is not there', () => describeAccount('amoCRM, missing 204', AMOCRM, { missingEntity: '204' }));
describe('amoCRM with services in a field', () => describeAccount('amoCRM, services field', AMOCRM, {}, (settings, { services }) => ({ ...settings, fields: { ...settings.fields, services } })));

describe.each([1, 2, 3])('amoCRM with every switch in position %i', (n) => describeAccount(`amoCRM, switches ${n}`, AMOCRM, positions(n)));
