import { refused } from '../../../booking';

export const NOT_FOUND = refused('not_found', 'There is no record with this id; read the list again.');
