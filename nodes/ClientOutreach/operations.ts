import type { Operation } from '../shared/operation';
import type { OutreachContext } from './context';
import { getBirthdays } from './get-birthdays';
import { getReminders } from './get-reminders';
import { getReviewRequests } from './get-review-requests';
import { getWinBacks } from './get-win-backs';
import { noteOutcome } from './note-outcome';

/** Everything Client Outreach can do: the panel, the dispatch and the tests are made from this list. */
export const OPERATIONS: readonly Operation<OutreachContext>[] = [getReminders, getReviewRequests, getWinBacks, getBirthdays, noteOutcome];
