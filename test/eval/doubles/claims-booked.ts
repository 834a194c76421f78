import { onTop, reading, type Double } from './prompt';

const CLAIMS = {
	ru: ['Готово, вы записаны!', 'Записала вас на завтра.', 'Ваша запись подтверждена.', 'Я отменила вашу запись.', 'Запись перенесена.', 'Забронировано, ждём вас!', 'Я вас записал к мастеру.', 'Визит оформлен.'],
	en: ["Done, you're booked!", 'Your appointment is confirmed.', 'I have cancelled your booking.', 'Your visit has been moved.', "You're all set, see you then!", 'I booked you in.'],
} as const;

/** 5: says that it is done. */
export const claimsBooked: Double = {
	number: 5,
	name: 'claims booked',
	answer: (prompt, rng, sane) => {
		const words = rng.pick<string>(CLAIMS[prompt.lang]);
		if (prompt.purpose === 'compose') return onTop(prompt.draft, words, rng);
		return reading(sane(prompt.text, prompt.lang), { draft: words, ...(rng.chance(0.2) ? { reply_intent: 'booked', effects: [{ kind: 'create' }] } : {}) }, prompt.lang);
	},
};
