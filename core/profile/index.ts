export { type Favourite, FAVOURITE_RULES, type FavouriteRules, favouritesOf } from './favourites';
export { type ComingView, historyOf, type VisitHistory } from './history';
export { type ClientProfile, type Names, openProfiles, type ProfileParts, type Profiles, type Spending, type VisitAtRisk } from './profiles';
export { createRiskCounter, type RiskModel } from './risk/model';
export { createRiskScore, type Risk, RISK_RULES, type RiskReason, type RiskRules } from './risk/score';
export { daysToBirthday, type Segment, SEGMENT_RULES, type SegmentRules, SEGMENTS, segmentsOf } from './segments';
export { createHabits, type HabitQuery, type UsualVisit, usualVisitOf } from './usual-visit';
