export { type DayFigures, type Share, weeklyFigures, type WeeklyFigures, type WeeklyParts } from './weekly';
export { reportPage, reportSummary } from './page';
