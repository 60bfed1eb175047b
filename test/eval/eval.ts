// npm run eval -- --base-url URL [--set name] [--cases folder] [--case name …] [--runs n] [--control] [--model id] [--keep]: README.md of this folder.
import {appendFile, mkdir} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {readCases} from './case.ts';
import {runCase} from './eval-run.ts';
import {missingPrograms} from './scratch.ts';

const {values} = parseArgs({
	options: {
		'base-url': {type: 'string'},
		set: {type: 'string', default: 'latest'},
		cases: {type: 'string'},
		case: {type: 'string', multiple: true, default: []},
		runs: {type: 'string', default: '1'},
		model: {type: 'string'},
		control: {type: 'boolean', default: false},
		keep: {type: 'boolean', default: false},
	},
});

async function main(baseUrl: string) {
	const {set, model, control, keep} = values;
	const key = process.env.ANTHROPIC_API_KEY ?? 'none';
	const results = resolve(import.meta.dirname, 'results', `${set}.jsonl`);
	await mkdir(dirname(results), {recursive: true});
	const say = (line: string) => process.stderr.write(`${line}\n`);
	for (const evalCase of await readCases(values.case, values.cases)) {
		const missing = missingPrograms(evalCase);
		if (missing.length > 0) {
			say(`${evalCase.name}: skipped, ${missing.join(' and ')} is not installed`);
			continue;
		}

		for (let run = 1; run <= Number(values.runs); run += 1) {
			say(`${evalCase.name}, run ${run} of ${values.runs}: ${evalCase.title}`);
			const done = await runCase(evalCase, {set, baseUrl, key, model, isControl: control, keeps: keep, say});
			const line = `${JSON.stringify(done)}\n`;
			process.stdout.write(line);
			await appendFile(results, line);
		}
	}
}

const baseUrl = values['base-url'];
if (baseUrl === undefined || !URL.canParse(baseUrl)) {
	process.stderr.write('Say where the model answers: npm run eval -- --base-url http://127.0.0.1:8787\n');
	process.exitCode = 2;
} else {
	await main(baseUrl);
}
