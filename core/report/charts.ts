import type { EChartsOption } from 'echarts';
import type { DayFigures, Share } from './weekly';
import type { ReportLanguage, ReportWords } from './words';

const SIZE = { width: 720, height: 300 };
const COLOURS = ['#4b3f72', '#8f7fc7', '#c9bdf5', '#e0a458'];

/** A chart as SVG, drawn without a browser. The drawing library is loaded by the first report. */
export async function draw(option: EChartsOption): Promise<string> {
	const { init } = await import('echarts');
	const chart = init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
	try {
		chart.setOption({ animation: false, color: COLOURS, textStyle: { fontFamily: 'system-ui, sans-serif' }, grid: { left: 64, right: 24, top: 40, bottom: 40 }, ...option });
		return chart.renderToSVGString();
	} finally {
		chart.dispose();
	}
}

const weekday = (date: string, language: ReportLanguage): string => new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/** Thousands as the reader writes them. */
function numbers(language: ReportLanguage): { readonly formatter: (value: number) => string } {
	const format = new Intl.NumberFormat(language);
	return { formatter: (value) => format.format(value) };
}

/** Visits, no-shows and cancellations of each day. */
export function visitsByDay(days: readonly DayFigures[], words: ReportWords, language: ReportLanguage): EChartsOption {
	const bar = (name: string, data: number[]) => ({ name, type: 'bar' as const, stack: 'visits', data });
	return {
		legend: { top: 0 },
		xAxis: { type: 'category', data: days.map(({ date }) => weekday(date, language)) },
		yAxis: { type: 'value', minInterval: 1 },
		series: [bar(words.visits, days.map(({ visits }) => visits)), bar(words.noShows, days.map(({ noShows }) => noShows)), bar(words.cancelled, days.map(({ cancelled }) => cancelled))],
	};
}

/** Money of each day; `major` turns minor units into those of the axis. */
export function moneyByDay(days: readonly DayFigures[], words: ReportWords, language: ReportLanguage, major: (minor: number) => number): EChartsOption {
	const bar = (name: string, data: number[]) => ({ name, type: 'bar' as const, stack: 'money', data });
	return {
		legend: { top: 0 },
		xAxis: { type: 'category', data: days.map(({ date }) => weekday(date, language)) },
		yAxis: { type: 'value', axisLabel: numbers(language) },
		series: [bar(words.services, days.map(({ services }) => major(services))), bar(words.goods, days.map(({ goods }) => major(goods)))],
	};
}

/** Shares by money, the largest at the top. */
export function byMoney(shares: readonly Share[], words: ReportWords, language: ReportLanguage, major: (minor: number) => number): EChartsOption {
	const rising = [...shares].reverse();
	return {
		grid: { left: 200, right: 32, top: 16, bottom: 40 },
		xAxis: { type: 'value', axisLabel: numbers(language) },
		yAxis: { type: 'category', data: rising.map(({ name }) => name), axisLabel: { width: 180, overflow: 'truncate' } },
		series: [{ name: words.money, type: 'bar', barMaxWidth: 32, data: rising.map(({ amount }) => major(amount)) }],
	};
}
