import type { Instant } from '../../booking';
import type { Catalogue } from '../catalogue';
import { CHANNELS } from '../compose/channel';
import { createTemplateComposer } from '../compose/template-composer';
import type { Utterance } from '../compose/utterance';
import type { Lang } from '../message';

const composer = createTemplateComposer();

/** The text a client must agree to, from the same templates as the assistant's own: a model never words it. */
export function summaryText(utterance: Utterance, lang: Lang, catalogue: Catalogue, now: Instant): string {
	return composer.compose({
		utterances: [utterance],
		lang,
		channel: CHANNELS.whatsapp,
		now,
		zone: catalogue.company.zone,
		catalogue,
		greet: false,
		clientName: null,
		lastReplies: [],
		told: {},
		draft: null,
		clientText: '',
		aids: null,
	}).reply.text;
}
