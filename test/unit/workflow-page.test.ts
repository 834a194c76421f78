import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'workflows');

describe('the chat page of the demo workflow', () => {
	it('is the file it is kept in', () => {
		const workflow = JSON.parse(readFileSync(join(FOLDER, '01-demo-assistant.json'), 'utf8')) as { nodes: { name: string; parameters: { responseBody?: string } }[] };
		const page = workflow.nodes.find(({ name }) => name === 'Show the page');
		expect(page?.parameters.responseBody).toBe(readFileSync(join(FOLDER, 'pages', 'chat.html'), 'utf8'));
	});
});
