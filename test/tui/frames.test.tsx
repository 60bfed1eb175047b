import {afterEach, describe, expect, test} from 'vitest';
import {scenes} from '../scenes/index.ts';
import {openStage, type Stage} from '../scenes/stage.tsx';

const sizes = [
	{columns: 60, rows: 15},
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
	{columns: 200, rows: 60},
];

let stage: Stage | undefined;
afterEach(() => stage?.close());

describe.each(scenes)('$name', ({name, events, told = [], keys = [], guide, isAscii = false}) => {
	test.each(sizes)('at $columns by $rows', async size => {
		stage = await openStage(events, size, {isAscii, ...(guide !== undefined && {guide})});
		// A bar listens when it has been seen and the keyboard was quiet.
		await stage.pass(900);
		await (told.length === 0 ? undefined : stage.tell(...told));
		await stage.press(...keys);
		await expect(`${stage.frame()}\n`).toMatchFileSnapshot(`../golden/${name}-${size.columns}x${size.rows}.txt`);
	});
});
