import type { Piece } from './piece';
import { readPlain } from './plain';

/** Lines of menus, banners and footers: they answer nothing. */
const FURNITURE = /^(?:меню|главная|контакты|войти|вход|поиск|корзина|наверх|читать далее|подробнее|записаться(?: онлайн)?|онлайн[- ]запись|menu|home|login|sign in|search|cart|read more|book now|skip to content|(?:©|copyright).*|.*(?:cookie|куки|политик[аи] конфиденциальности|all rights reserved|все права защищены).*)$/i;

/** Reads the text of a web page: without its furniture, every heading with what follows it. */
export function readWeb(text: string): readonly Piece[] {
	const lines = text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
	return readPlain(lines.filter((line) => !FURNITURE.test(line)).join('\n'));
}
