export { clientProfile } from './client-profile';
export { loadProfile, loadTurnContext, type ContextSources } from './load-context';
export { preferenceOf, rankOffers, rankOptions, rankSlots, type ExplicitChoice, type Preference } from './ranking';
