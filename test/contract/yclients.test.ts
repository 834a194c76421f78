import { YCLIENTS_BOARD } from './simulators/yclients';
import { contract, positions } from './support/yclients-contract';

describe('YCLIENTS as a client books', () => contract('YCLIENTS, online', 'online', {}));
describe('YCLIENTS as an employee books', () => contract('YCLIENTS, journal', 'journal', {}));
describe('YCLIENTS that shows deleted records in lists only', () => contract('YCLIENTS, deleted read 404', 'online', { deletedRead: '404' }));

describe.each([1, 2, 3, 4])('with every switch in position %i', (n) => {
	contract(`YCLIENTS, online, switches ${n}`, 'online', positions(YCLIENTS_BOARD, n));
	contract(`YCLIENTS, journal, switches ${n}`, 'journal', positions(YCLIENTS_BOARD, n));
});
