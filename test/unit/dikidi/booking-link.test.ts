import { bookingLink, bookingUrlOf } from '../../../core/crm/dikidi';

const ZONE = 'Europe/Moscow';

describe('a booking link', () => {
	it.each(['https://dikidi.net/100500', 'https://dikidi.net/luna', 'https://dikidi.ru/ru/profile/luna_100500', 'https://dikidi.net/#widget=81234', 'https://dikidi.net/100500?p=2.pi-ssm&o=1&m=501', 'https://beauty.dikidi.net/1'])('is copied to the letter: %s', (link) => {
		expect(bookingUrlOf(`  ${link}\n`)).toBe(link);
	});

	it.each([
		'http://dikidi.net/1', 'https://dikidi.net.evil.example/1', 'https://evil.example/dikidi.net', 'https://notdikidi.net/1', 'https://dikidi.net@evil.example/1', 'https://evil.example\\@dikidi.net/1', 'https://user:pass@dikidi.net/1', 'https://dikidi.net:8443/1',
		'https://dikidi.net./1', 'https://dіkidi.net/1', 'javascript:alert(1)', 'dikidi.net/1', 'https://dikidi.net/1 2', 'https://dikidi.net/\u202e1', '', `https://dikidi.net/${'a'.repeat(600)}`,
	])('of another place is none: %s', (link) => {
		expect(bookingUrlOf(link)).toBeNull();
	});

	it('is the one that says most of the wish', () => {
		const links = [
			{ url: 'https://dikidi.net/1' },
			{ url: 'https://dikidi.net/1?m=501', staffId: '501' },
			{ url: 'https://dikidi.net/1?s=9001', serviceId: '9001' },
			{ url: 'https://dikidi.net/1?s=9001&m=501', serviceId: '9001', staffId: '501' },
		];
		const chosen = (wish: object) => bookingLink(links, wish, ZONE)?.slice(20);
		expect([chosen({}), chosen({ staffId: '501' }), chosen({ serviceIds: ['9001'] }), chosen({ serviceIds: ['9001'], staffId: '501' }), chosen({ serviceIds: ['9001'], staffId: '502' }), chosen({ serviceIds: ['9001', '9002'] })]).toEqual(['', '?m=501', '?s=9001', '?s=9001&m=501', '?s=9001', '']);
		expect(bookingLink([], {}, ZONE)).toBeNull();
	});

	it('takes service, person and time where the owner put their places, in the zone of the company', () => {
		const links = [{ url: 'https://dikidi.net/1' }, { url: 'https://dikidi.net/1?s={serviceId}&m={staffId}&d={date}&t={time}' }];
		const wish = { serviceIds: ['90 01&x=1'], staffId: '501', start: '2026-11-24T21:30:00Z' };
		expect(bookingLink(links, wish, ZONE)).toBe('https://dikidi.net/1?s=90%2001%26x%3D1&m=501&d=2026-11-25&t=00%3A30');
		expect(bookingLink(links, { staffId: '501' }, ZONE)).toBe('https://dikidi.net/1');
		expect(bookingLink([{ url: 'https://{staffId}.dikidi.net/' }], { staffId: 'evil.example/' }, ZONE)).toBeNull();
	});
});
