/** A client of the salon with the phone in their hand: reads the answers, chooses, confirms. */
import { setTimeout as sleep } from 'node:timers/promises';
import { textOf, type Phone } from '../../../whatsapp-server';

const PATIENCE_MS = 60_000;

export class WhatsappClient {
	/** `isThrough` tells whether the salon's workflows are through with everything that was written. */
	constructor(
		readonly phone: Phone,
		private readonly salon: Phone,
		private readonly isThrough: () => boolean | Promise<boolean>,
	) {}

	/** Texts the salon sent, in the order in which they were shown. */
	get answers(): readonly string[] {
		return this.phone.screen.messages.filter(({ fromMe }) => !fromMe).map(({ content }) => textOf(content));
	}

	/** How often any message of the salon was shown twice. */
	get copies(): number {
		return this.phone.screen.messages.filter(({ fromMe, copies }) => !fromMe && copies > 1).length;
	}

	async write(...texts: readonly string[]): Promise<void> {
		for (const text of texts) await this.phone.write(this.salon, text);
	}

	/** Writes and waits for everything that is answered. */
	async ask(...texts: readonly string[]): Promise<string> {
		const before = this.answers.length;
		await this.write(...texts);
		await this.until(async () => this.answers.length > before && (await this.isThrough()), `an answer to "${texts.join(' / ')}"`);
		return this.answers.slice(before).join('\n');
	}

	/** Answers by number, name and yes until the salon says that the visit is booked. */
	async book(...first: readonly string[]): Promise<string> {
		let said = await this.ask(...first);
		for (let step = 0; step < 12 && !/записаны|записала вас|записал вас/i.test(said); step++) said = await this.ask(wordsFor(said));
		return said;
	}

	async until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
		for (const deadline = Date.now() + PATIENCE_MS; !(await holds()); await sleep(50)) {
			if (Date.now() > deadline) throw new Error(`waited in vain for ${what}; the phone shows: ${JSON.stringify(this.answers.slice(-3))}`);
		}
	}
}

function wordsFor(text: string): string {
	if (/верно\?|записать вас|подтвер|всё правильно|записываю\?/i.test(text)) return 'да';
	if (/как вас зовут|ваше имя|имя/i.test(text)) return 'Анна';
	if (/^\s*1[.)]/m.test(text)) return '1';
	if (/день|когда/i.test(text)) return 'послезавтра после обеда';
	return 'маникюр';
}
