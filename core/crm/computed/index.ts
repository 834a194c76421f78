export { computedOperations, type ComputedParts } from './crm';
export { tagOf } from '../http';
export { folded } from '../reading';
export { isForward, LEAD_STAGES, type Lead, type LeadDesk, type LeadStage, type LeadSubject } from '../../booking';
export { createMemoryLock, stackedLock } from './lock';
export { parsePlan, type SalonPlan, type SalonPlanInput } from './plan';
export type { BusySource, HeldVisit, InstantWindow, Lease, Lock, Taken, TakenTime, VisitDraft, VisitPlace } from './ports';
export { mergeSalon, type Salon, type SalonService, type SalonStaff, type VendorSalon, type VendorService, type VendorStaff } from './salon';
