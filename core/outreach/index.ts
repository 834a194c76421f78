export { createOutreach, type DueNotice, type Due, type Outreach, type OutreachOrder, OUTREACH_KINDS, type OutreachKind, type OutreachParts } from './outreach';
export { isQuiet, type QuietHours } from './quiet';
