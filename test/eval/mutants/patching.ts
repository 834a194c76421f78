import ts from 'typescript';
import type { Patch } from './mutants';

/** The source with code in front of the body of a function. Throws when there is no such function, so that no mutant dies unseen. */
export function patched(source: string, patch: Patch): string {
	const file = ts.createSourceFile(patch.file, source, ts.ScriptTarget.ES2022, true);
	const body = bodyOf(file, patch.name);
	if (body === undefined) throw new Error(`${patch.file} has no function ${patch.name}: its mutant needs another place`);
	const at = body.getStart(file) + 1;
	return `${source.slice(0, at)} ${patch.code} ${source.slice(at)}`;
}

function bodyOf(node: ts.Node, name: string): ts.Block | undefined {
	if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name?.getText() === name && node.body !== undefined) return node.body;
	if ((ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) && node.name.getText() === name) {
		const value = node.initializer;
		if (value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) && ts.isBlock(value.body)) return value.body;
	}
	return ts.forEachChild(node, (child) => bodyOf(child, name));
}
