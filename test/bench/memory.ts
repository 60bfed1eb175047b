import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {median, type Row} from './measure.ts';

const samples = 5;
const command = "yes 'ok 12 - a line of a test run that will not stop talking' | head -c 300000000";
const reader = fileURLToPath(new URL('read-output.ts', import.meta.url));

type Reading = {readonly ms: number; readonly megabytes: number};

async function readIn(way: 'bare' | 'ours'): Promise<Reading> {
	const {stdout} = await promisify(execFile)(process.execPath, [reader, way, command]);
	return JSON.parse(stdout);
}

/** A command that floods: what reading 300 MB costs in time, and by how much the process grows, in a fresh process each time. */
export async function memoryRows(): Promise<readonly Row[]> {
	const bare: Reading[] = [];
	const ours: Reading[] = [];
	for (let sample = 0; sample < samples; sample++) {
		bare.push(await readIn('bare'));
		ours.push(await readIn('ours'));
	}

	const floorName = 'read and thrown away';
	const of = (readings: readonly Reading[], key: keyof Reading): number => median(readings.map(reading => reading[key]));
	const [value, floor] = [of(ours, 'ms'), of(bare, 'ms')];
	const [growth, bareGrowth] = [of(ours, 'megabytes'), of(bare, 'megabytes')];
	const [mostTimes, mostMegabytes] = [3.5, 85];
	return [
		{
			name: '300 MB of output of a command, read',
			floor: {name: floorName, value: floor},
			value,
			unit: 'ms',
			ratio: value / floor,
			must: mostTimes,
			met: value / floor <= mostTimes,
		},
		{
			name: 'growth of memory meanwhile',
			floor: {name: floorName, value: bareGrowth},
			value: growth,
			unit: 'MB',
			must: mostMegabytes,
			met: growth <= mostMegabytes,
		},
	];
}
