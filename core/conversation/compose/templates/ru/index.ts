import type { Wordings } from '../../wording';
import { answers } from './answers';
import { effects } from './effects';
import { notices } from './notices';
import { offers } from './offers';
import { questions } from './questions';
import { refusals } from './refusals';
import { talk } from './talk';
import { visits } from './visits';

/** Everything the assistant can say in Russian. */
export const RU: Wordings = { ...questions, ...offers, ...effects, ...refusals, ...visits, ...answers, ...notices, ...talk };
