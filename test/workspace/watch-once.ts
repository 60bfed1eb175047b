// A process of its own for the test of a system without watches: changes one file and prints what it is told, until it sees that change.
import {writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {watchFolders} from '../../source/workspace/watch.ts';

const root = process.argv[2] ?? '';
const seen = Promise.withResolvers<string>();
const watching = await watchFolders({
	root,
	paths: [join(root, '.kiro/specs')],
	onChange: path => seen.resolve(path),
	onProblem: text => console.log(text),
});
writeFileSync(join(root, '.kiro/specs/s19/tasks.md'), 'changed');
console.log(`changed ${relative(root, await seen.promise)}`);
await watching.close();
