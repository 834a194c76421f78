export { chooseScript, occasionsOf, OCCASIONS, stageOf, type ChosenScript, type Occasion, type ScriptMoment } from './choose';
export { createScriptLibrary, type ScriptLibrary, type ScriptProblem } from './library';
export { intentsOf, SCRIPT_INTENTS, type SalesScript, type ScriptIntent, type ScriptTrigger } from './script';
export { afterRefusal, afterUse, NO_SCRIPTS, readScriptState, type ScriptState } from './state';
