import { majorOf } from '../booking';
import { byMoney, draw, moneyByDay, visitsByDay } from './charts';
import type { Share, WeeklyFigures } from './weekly';
import { type ReportLanguage, type ReportWords, WORDS } from './words';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:47rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:0;color:#666}
.tiles{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0}.tile{flex:1 1 9rem;border:1px solid #ddd;border-radius:.5rem;padding:.75rem}
.tile b{display:block;font-size:1.5rem}.tile small{color:#666}svg{width:100%;height:auto}
@media print{body{margin:0}}`;

/** A page that opens in any browser and loads nothing: figures and charts of a week, no client in it. */
export async function reportPage(figures: WeeklyFigures, language: ReportLanguage): Promise<string> {
	const words = WORDS[language];
	const major = (minor: number): number => majorOf(minor, figures.currency);
	const charts = await Promise.all([
		section(words.byDay, draw(visitsByDay(figures.days, words, language))),
		section(words.money, draw(moneyByDay(figures.days, words, language, major))),
		shareSection(words.staff, figures.staff, words, language, major),
		shareSection(words.byService, figures.serviceShares, words, language, major),
	]);
	return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title><style>${STYLE}</style></head><body><h1>${words.title}</h1><p>${period(figures, language)}</p>${tiles(figures, words, language)}${charts.join('')}</body></html>`;
}

/** The week in one line. */
export function reportSummary(figures: WeeklyFigures, language: ReportLanguage): string {
	const words = WORDS[language];
	const { total } = figures;
	const parts = [`${words.visits}: ${total.visits}`, `${words.money}: ${money(total.services + total.goods, figures.currency, language)}`, `${words.noShows}: ${total.noShows}`, `${words.newClients}: ${figures.newClients}`];
	return `${period(figures, language)}. ${parts.join(', ')}`;
}

function tiles({ total, before, newClients, returningClients, currency }: WeeklyFigures, words: ReportWords, language: ReportLanguage): string {
	const tile = (name: string, value: string, earlier: string | null): string =>
		`<div class="tile">${name}<b>${value}</b>${earlier === null ? '' : `<small>${words.before}: ${earlier}</small>`}</div>`;
	return `<div class="tiles">${[
		tile(words.visits, String(total.visits), String(before.visits)),
		tile(words.money, money(total.services + total.goods, currency, language), money(before.services + before.goods, currency, language)),
		tile(words.noShows, String(total.noShows), String(before.noShows)),
		tile(words.cancelled, String(total.cancelled), String(before.cancelled)),
		tile(words.newClients, String(newClients), null),
		tile(words.returningClients, String(returningClients), null),
	].join('')}</div>`;
}

async function section(title: string, chart: Promise<string>): Promise<string> {
	return `<h2>${title}</h2>${await chart}`;
}

async function shareSection(title: string, shares: readonly Share[], words: ReportWords, language: ReportLanguage, major: (minor: number) => number): Promise<string> {
	return shares.length === 0 ? `<h2>${title}</h2><p>${words.nothing}</p>` : section(title, draw(byMoney(shares, words, language, major)));
}

function money(minor: number, currency: string, language: ReportLanguage): string {
	return new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 }).format(majorOf(minor, currency));
}

function period({ from, to }: WeeklyFigures, language: ReportLanguage): string {
	const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
	return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
}
