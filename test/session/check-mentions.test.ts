import {expect, test} from 'vitest';
import {nodeProject, openTestSession} from '../support/test-session.ts';

test('a member is found by its parts, and what is in no file is marked', async () => {
	await using opened = await openTestSession({
		files: {
			...nodeProject,
			'src/stock.js': 'export class Stock {\n\ttake() {}\n}\n',
			'.kiro/specs/stock/design.md': '# Design\n\n`Stock.take` in `src/stock.js` and `Stock.give` in `src/stock.js`, see `src/gone.js`.\n',
		},
	});
	await opened.session.send({type: 'open-spec', name: 'stock'});
	expect(opened.session.store.state().spec?.missingMentions).toEqual(['src/stock.js Stock.give', 'src/gone.js']);
});
