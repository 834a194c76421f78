/** Kinds of cards, which the API treats alike. */
export type CardKind = 'lead' | 'contact' | 'company';

/** Paths and keys of lists. */
export const CARD_PATHS: Readonly<Record<CardKind, 'leads' | 'contacts' | 'companies'>> = { lead: 'leads', contact: 'contacts', company: 'companies' };
/** What a card is read with. */
export const CARD_PARTS: Readonly<Record<CardKind, string>> = { lead: 'contacts,catalog_elements,loss_reason', contact: 'leads', company: 'leads,contacts' };
