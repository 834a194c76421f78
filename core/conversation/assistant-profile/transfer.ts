import * as v from 'valibot';
import { readProfile, type AssistantProfile, type ProfileReading } from './schema';

const FORMAT = 'ai-admin-assistant';
const VERSION = 1;
const MOST_CHARACTERS = 500_000;

const Envelope = v.object({
	format: v.literal(FORMAT),
	version: v.pipe(v.number(), v.integer()),
	profile: v.unknown(),
});

/** The profile as a file for another salon. Holds no keys and no data of clients. */
export function exportProfile(profile: AssistantProfile): string {
	return `${JSON.stringify({ format: FORMAT, version: VERSION, profile }, null, '\t')}\n`;
}

/** Reads an exported file; every wrong field is named. Never throws. */
export function importProfile(file: string): ProfileReading {
	if (file.length > MOST_CHARACTERS) return invalid('file', `must be at most ${MOST_CHARACTERS} characters`);
	const json = v.safeParse(v.pipe(v.string(), v.parseJson()), file.replace(/^\uFEFF/, ''));
	if (!json.success) return invalid('file', 'must be JSON');
	const envelope = v.safeParse(Envelope, json.output);
	if (!envelope.success) return invalid(v.getDotPath(envelope.issues[0]) ?? 'file', `must be as in a file of format ${FORMAT}`);
	if (envelope.output.version !== VERSION) {
		return invalid('version', `must be ${VERSION}: a file of another version needs another version of the package`);
	}
	return readProfile(envelope.output.profile);
}

function invalid(field: string, problem: string): ProfileReading {
	return { kind: 'invalid', problems: [{ field, problem }] };
}
