export { clientProfile } from './client-profile';
export { loadTurnContext, type ContextSources } from './load-context';
export { preferenceOf, rankOffers, rankOptions, rankSlots, type ExplicitChoice, type Preference } from './ranking';
