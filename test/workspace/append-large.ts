// A process of its own for the test of a full disk: node append-large.ts <file>; prints what the person would be told.
import {openJournal} from '../../source/workspace/journal.ts';

const problems: string[] = [];
const journal = await openJournal({file: process.argv[2] ?? '', header: {stage: 'vibe'}, onProblem: problem => problems.push(problem)});
await journal.append({small: 1}, {sync: true});
await journal.append({large: 'x'.repeat(1_000_000)}, {sync: true});
await journal.append({small: 2}, {sync: true});
await journal.close();
process.stdout.write(JSON.stringify(problems));
