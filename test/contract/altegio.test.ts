import { ALTEGIO } from '../../core/crm/yclients';
import { ALTEGIO_BOARD } from './simulators/altegio';
import { contract, positions } from './support/yclients-contract';

describe('Altegio as a client books', () => contract('Altegio, online', 'online', {}, ALTEGIO));
describe('Altegio as a team member books', () => contract('Altegio, journal', 'journal', {}, ALTEGIO));
describe('Altegio that shows deleted records in lists only', () => contract('Altegio, deleted read 404', 'online', { deletedRead: '404' }, ALTEGIO));

describe.each([1, 2, 3, 4])('with every switch in position %i', (n) => {
	contract(`Altegio, online, switches ${n}`, 'online', positions(ALTEGIO_BOARD, n), ALTEGIO);
	contract(`Altegio, journal, switches ${n}`, 'journal', positions(ALTEGIO_BOARD, n), ALTEGIO);
});
