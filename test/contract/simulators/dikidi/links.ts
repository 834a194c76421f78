import { html, type Route, route } from '../kit';
import type { World } from './world';

/** Forms of the booking link seen on public sites. */
export function bookingLinks({ company }: World): Readonly<Record<'byId' | 'bySlug' | 'profile' | 'widget' | 'preselected', string>> {
	return {
		byId: `https://dikidi.net/${company.id}`,
		bySlug: `https://dikidi.net/${company.slug}`,
		profile: `https://dikidi.net/ru/profile/${company.slug}_${company.id}`,
		widget: 'https://dikidi.net/#widget=81234',
		preselected: `https://dikidi.net/${company.id}?p=2.pi-ssm&o=1&m=501`,
	};
}

/** A client opened the booking page; the vendor tells nobody. */
export interface PageVisit {
	readonly path: string;
	readonly parameters: readonly string[];
}

/** The pages themselves, for whoever follows a link on loopback. */
export function linkRoutes(world: World, visits: PageVisit[]): readonly Route[] {
	const { id, slug, name } = world.company;
	const page = (path: string): Route =>
		route('GET', path, (request) => {
			visits.push({ path: request.path, parameters: [...request.query.keys()] });
			return html(200, name);
		});
	return [page(`/${id}`), page(`/${slug}`), page(`/ru/profile/${slug}_${id}`)];
}
