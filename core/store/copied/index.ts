export { type ClientNotes, copiedClients, type CopiedClient, type CopiedClients } from './clients';
export { type ComingRecords, endOf, recordsByComing, type VisitEnd } from './comings';
export { copiedVisits, type CopiedVisit, type CopiedVisits, type PastVisit } from './visits';
export { copiedSales, type CopiedSale, type CopiedSales } from './sales';
export { recentVisitsByPhone, type RecentVisit } from './recent-visits';
