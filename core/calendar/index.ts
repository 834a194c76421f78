export { MAX_CHAIN_SERVICES, freeChains, type Chain, type ChainLink, type ChainMode } from './chain';
export type { BusyInterval, CalendarInput, CalendarResource, CalendarService, CalendarStaff } from './availability';
export { alternatives, type DayWindow, type LadderInput, type OfferChoice, type Rung, type Wish } from './ladder';
export { workingTime, type DayPlan, type Schedule } from './schedule';
export { datesOf, freeStarts, type FreeStart } from './starts';
export { changeRefusal, momentRefusal, type BookingLimits } from './limits';
export { dateOf, dayOf, formatWall, isZone, minuteOf, wallMinute, weekdayOf, zoneClock } from './wall-clock';
