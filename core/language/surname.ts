/** A surname in the cases that a first name's declension does not give: «к Ивановой», «к Петрову», «с Островской». Of a folded word. */
export function surnameForms(word: string): string[] {
	if (/(?:[ое]в|ин)а$/.test(word)) return ['ой', 'у'].map((ending) => word.slice(0, -1) + ending);
	if (/(?:[ое]в|ин)$/.test(word)) return ['а', 'у', 'ым', 'е'].map((ending) => word + ending);
	if (/ая$/.test(word)) return ['ой', 'ую'].map((ending) => word.slice(0, -2) + ending);
	if (/[иы]й$/.test(word)) return ['ого', 'ому', 'им', 'ым', 'ом'].map((ending) => word.slice(0, -2) + ending);
	return [];
}
