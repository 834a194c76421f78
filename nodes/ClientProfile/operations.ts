import type { Operation } from '../shared/operation';
import type { ProfileContext } from './context';
import { getProfile } from './get';
import { getAllProfiles } from './get-all';
import { getRisk } from './get-risk';
import { updateNotes } from './update-notes';

/** Everything Client Profile can do. */
export const OPERATIONS: readonly Operation<ProfileContext>[] = [getProfile, getAllProfiles, getRisk, updateNotes];
