// A process of its own for tests that kill or starve a write: node write-once.ts <file> <bytes>
import {writeFileSafely} from '../../source/workspace/write-file.ts';

const [path = '', size = '0'] = process.argv.slice(2);
const outcome = await writeFileSafely({path, bytes: Buffer.alloc(Number(size), 'n'), expected: 'any'});
process.stdout.write(JSON.stringify(outcome));
