import type { QuestionRecord } from '../../../core/store';

/** A question as the node puts it out. */
export function questionItem(salonId: string, { id, question, asked, status, firstAt, lastAt }: QuestionRecord): object {
	return { salonId, id, question, asked, status, firstAt, lastAt };
}
