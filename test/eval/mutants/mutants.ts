/** A guard switched off: code put in front of the body of one function. */
export interface Patch {
	/** File below the repository's root. */
	readonly file: string;
	/** Name of a function, a method, or a constant that holds one. */
	readonly name: string;
	readonly code: string;
}

export interface Mutant {
	readonly guarantee: string;
	/** What is switched off, in words. */
	readonly what: string;
	readonly patches: readonly Patch[];
	/** Where its effect shows in few kinds of dialogues, only this goal is played. */
	readonly goal?: string;
	/** Where one double provokes it, only this one plays. */
	readonly double?: number;
	/** Dialogues within which it must be caught. */
	readonly within: number;
}

const conversation = (file: string): string => `core/conversation/${file}`;
const wording = (file: string): string => conversation(`compose/model/${file}`);

/** The judge of a model's own words: many guarantees of words stand on it together. */
const anyWords: Patch = { file: wording('own-words.ts'), name: 'rejectionOf', code: 'return null;' };

/** One mutant a guarantee, by the guarantee's number. */
export const MUTANTS: readonly Mutant[] = [
	{
		guarantee: 'G1', what: 'the slot of a pending action is half an hour after the stored offer\'s', goal: 'plain', within: 60,
		patches: [{ file: conversation('payload.ts'), name: 'readOffer', code: "const offer = v.parse(OfferPayload, JSON.parse(text)); const later = (at: string): string => new Date(Date.parse(at) + 1_800_000 + 10_800_000).toISOString().slice(0, 19) + '+03:00'; return { ...offer, start: later(offer.start), end: later(offer.end) };" }],
	},
	{
		guarantee: 'G2', what: 'any text confirms an open pending action', goal: 'plain', within: 60,
		patches: [{ file: conversation('turn.ts'), name: 'answersConfirmation', code: 'if (work.pending === null) return false; await confirmPending(work, work.pending); return true;' }],
	},
	{ guarantee: 'G3', what: 'a model\'s own words are not judged', double: 5, within: 60, patches: [anyWords] },
	{
		guarantee: 'G4', what: 'a write is sent twice, under two keys', goal: 'plain', within: 60,
		patches: [{ file: conversation('commit.ts'), name: 'send', code: "if (payload.kind === 'create' && !key.endsWith('~')) await send(crm, `${key}~`, payload);" }],
	},
	{ guarantee: 'G5', what: 'a model\'s own words are not judged', double: 3, within: 60, patches: [anyWords] },
	{
		guarantee: 'G6', what: 'greetings of a model are left where they are', double: 4, within: 60,
		patches: [anyWords, { file: wording('clean.ts'), name: 'withoutGreeting', code: 'return text;' }, { file: wording('clean.ts'), name: 'greets', code: 'return false;' }],
	},
	{
		guarantee: 'G7', what: 'a slot that turns out taken is refused and nothing else', goal: 'plain', within: 400,
		patches: [{ file: conversation('policy/confirm.ts'), name: 'tellRefused', code: "work.log('refused', { reason, kind: payload.kind }); work.say('refused', { reason, phone: null }); work.set({ phase: 'idle', visit: null, manage: null, offers: [], question: null }); work.settled = true; return;" }],
	},
	{
		guarantee: 'G8', what: 'replies are not compared with earlier ones and not varied', goal: 'admin', double: 12, within: 120,
		patches: [
			{ file: conversation('compose/repetition.ts'), name: 'similarityTo', code: 'return () => 0;' }, { file: conversation('compose/repetition.ts'), name: 'hashOf', code: 'return 0;' },
			{ file: conversation('compose/template-composer.ts'), name: 'fresh', code: 'return draftOf(0);' },
		],
	},
	{
		guarantee: 'G9', what: 'own visits are everybody\'s visits', goal: 'stranger', within: 40,
		patches: [{ file: conversation('own-visits.ts'), name: 'ownVisits', code: "const all = await own.crm.appointments({ from: own.now, to: ahead(own.now) }); return all.kind === 'ok' ? all.value.slice(0, MAX_VISITS) : null;" }],
	},
	{
		guarantee: 'G10', what: 'a phone in a text is taken for the client\'s own', goal: 'stranger', within: 60,
		patches: [{ file: conversation('policy/words.ts'), name: 'absorbPhone', code: "const said = parsePhone(text, work.tools.settings.phoneCountry); if (said !== null) work.set({ client: { ...work.state.client, phone: said.phone, phoneVerified: true, clientId: null } }); return;" }],
	},
	{ guarantee: 'G11', what: 'a model\'s own words are not judged', goal: 'admin', double: 13, within: 60, patches: [anyWords, { file: wording('clean.ts'), name: 'cleanText', code: 'return text;' }] },
	{
		guarantee: 'G12', what: 'a hand-over leaves the chat with the assistant', goal: 'person', within: 30,
		patches: [{ file: conversation('work.ts'), name: 'handOver', code: "this.handoff = cause; this.settled = true; this.outcome.push({ type: 'handoff', at: this.now, cause }); return;" }],
	},
	{
		guarantee: 'G13', what: 'a reply is noted as the answer to nothing', within: 20,
		patches: [{ file: conversation('engine.ts'), name: 'changesOf', code: "if (reply !== null) return { ...this.changesOf(work, null), answeredSeq: 0, reply };" }],
	},
	{ guarantee: 'G14', what: 'a model\'s own words are not judged', double: 15, within: 60, patches: [anyWords] },
	{
		guarantee: 'G15', what: 'replies are split at every line', within: 20,
		patches: [{ file: 'core/language/splitter.ts', name: 'splitMessage', code: "return text.split('\\n');" }],
	},
	{
		guarantee: 'G16', what: 'the budget of a turn permits every call, and a malformed answer is asked for again without end', double: 7, within: 40,
		patches: [
			{ file: conversation('model/budget.ts'), name: 'permit', code: 'return { maxOutputTokens };' },
			{ file: conversation('understand/model/model-understander.ts'), name: 'ask', code: "for (let again = 0; again < 20; again++) { const said = await askOnce(aids, 'repair', messages); const read = said === null ? null : check(said, handles); if (read?.kind === 'ok') return read.reading; } return null;" },
		],
	},
	{
		guarantee: 'G17', what: 'a log line holds the client\'s words', within: 20,
		patches: [{ file: conversation('turn.ts'), name: 'understand', code: "work.log('heard', { text });" }],
	},
	{
		guarantee: 'G18', what: 'neither the assistant nor the calendar nor the CRM knows a notice or a horizon', goal: 'soon', within: 200,
		patches: [
			{ file: conversation('catalogue.ts'), name: 'boundsOf', code: "return { notBefore: '2026-01-01T00:00:00.000Z', lastDay: '2030-01-01' };" },
			{ file: 'core/calendar/starts.ts', name: 'freeStarts', code: 'input = { ...input, noticeMinutes: 0, horizonDays: 400 };' },
			{ file: 'core/calendar/limits.ts', name: 'momentRefusal', code: 'return null;' },
		],
	},
	{ guarantee: 'G19', what: 'a reply is sent although a newer message has come', within: 400, patches: [{ file: conversation('engine.ts'), name: 'finish', code: 'mayRestart = false;' }] },
	{ guarantee: 'G20', what: 'every chat is kept under one tenant', within: 60, patches: [{ file: conversation('engine.ts'), name: 'handle', code: "chat = { ...chat, tenant: 'salon' };" }] },
	{ guarantee: 'G21', what: 'alarm words are not looked for', goal: 'alarm', within: 30, patches: [{ file: 'core/language/lexicon/alarm.ts', name: 'isAlarm', code: 'return false;' }] },
	{ guarantee: 'G22', what: 'insults are not looked for', goal: 'abuse', within: 30, patches: [{ file: 'core/language/lexicon/profanity.ts', name: 'isAbusive', code: 'return false;' }] },
];
