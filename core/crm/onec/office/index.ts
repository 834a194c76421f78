export { createObject, findObjects, markObject, object, objects, type Office, postDocument, type RowsQuery, updateObject, type Written } from './objects';
export { addRegisterRow, balance, changeRegisterRow, dropRegisterRow, registerRows, slice, turnovers } from './registers';
export { publishedObjects, publishedSets } from './sets';
export { simpleRow } from './simple';
