import { describeProblems, type FieldProblem } from '../../core/conversation/assistant-profile';
import { ParameterError } from './errors';

/** The text of a JSON parameter, which holds an object where an expression gave one. */
export function jsonText(value: unknown): string {
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** What the operator must correct in a profile. */
export function invalidProfile(problems: readonly FieldProblem[]): ParameterError {
	return new ParameterError('The profile is not valid', `Nothing was saved. Correct: ${describeProblems(problems.slice(0, 10))}.`);
}
