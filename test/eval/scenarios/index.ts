import { BOOKING_EN } from './booking-en';
import { BOOKING_RU } from './booking-ru';
import { CANCELLING } from './cancelling';
import { CONFLICTS } from './conflicts';
import { INJECTIONS } from './injections';
import { INDIRECT } from './indirect';
import { MOVING } from './moving';
import { RUDE_CONFUSED, SECOND_PERSON } from './people';
import { QUESTIONS } from './questions';
import type { Scenario } from './scenario';

/** The whole suite. A change here changes every figure: scores of different versions cannot be compared. */
export const SCENARIOS: readonly Scenario[] = [...BOOKING_RU, ...BOOKING_EN, ...INDIRECT, ...MOVING, ...CANCELLING, ...QUESTIONS, ...CONFLICTS, ...SECOND_PERSON, ...RUDE_CONFUSED, ...INJECTIONS];
