import {test} from 'vitest';

test('leaves an error behind', async () => {
	setTimeout(() => {
		throw new Error('late');
	});
	await new Promise(resolve => setTimeout(resolve, 30));
});
