export { factsAfterBooking, type BookedVisit } from './derived';
export { clientRef, createClientMemory, type ClientMemory } from './memory';
export { acceptProposed, type Accepted, type ProposalRules, type Rejection } from './proposed';
export { withoutTexts } from './thin';
