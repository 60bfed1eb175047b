import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {RunResult} from '../../source/headless/run-result.ts';
import type {Event} from '../../source/protocol/event.ts';
import {type DocumentStage, documentStages} from '../../source/protocol/ledger-entry.ts';
import {parseTasks} from '../../source/spec/tasks.ts';
import {type CliRun, runCli} from '../support/run-cli.ts';
import type {EvalCase, Moment} from './case.ts';
import {makeEdit} from './hand-edit.ts';
import type {Scratch} from './scratch.ts';

const openings = {
	requirements: 'Write the requirements.',
	design: 'The requirements are approved. Write the design.',
	tasks: 'The design is approved. Write the tasks.',
} as const;

/** How often the person of the script helps a run along that stopped. */
const maxRescues = 2;

export type Played = {
	readonly events: readonly Event[];
	readonly results: readonly RunResult[];
	readonly rescues: number;
	/** Edits whose place was there. */
	readonly editsMade: number;
	/** Ticked tasks that `verify` does not agree with. */
	readonly doubts: readonly string[];
	readonly isFinished: boolean;
};

export type PlayOptions = {
	/** Where the model answers. */
	readonly url: string;
	readonly key: string;
	readonly model: string | undefined;
	/** Told what happens, a line each. */
	readonly say: (line: string) => void;
	readonly signal: AbortSignal;
};

/** A person at the keyboard, by script: what they type is in the case, and they approve what they are shown. */
type Job = {
	readonly evalCase: EvalCase;
	readonly scratch: Scratch;
	readonly options: PlayOptions;
	readonly events: Event[];
	readonly results: RunResult[];
	rescues: number;
	editsMade: number;
};

function documentOf({evalCase, scratch}: Job, name: string): string {
	return join(scratch.root, '.kiro/specs', evalCase.spec, name);
}

function has(job: Job, stage: DocumentStage): boolean {
	return existsSync(documentOf(job, `${stage}.md`)) || (stage === 'requirements' && existsSync(documentOf(job, 'bugfix.md')));
}

function cli({scratch, options}: Job, ...args: readonly string[]): Promise<CliRun> {
	const {root, home, env} = scratch;
	const {url, key} = options;
	const profile = process.env.KIRO_TUI_PROFILE ?? 'anthropic';
	return runCli(args, {
		cwd: root,
		home,
		env: {...env, ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: key, KIRO_TUI_PROFILE: profile},
		signal: options.signal,
	});
}

/** Does one command and keeps what it reported; resolves with its exit code. */
async function work(job: Job, ...args: readonly string[]): Promise<number> {
	const {model, say} = job.options;
	say(`kiro-tui ${args.map(arg => (/\s/.test(arg) ? JSON.stringify(arg.slice(0, 60)) : arg)).join(' ')}`);
	const run = await cli(job, ...args, '--trust', '-o', 'stream-json', ...(model === undefined ? [] : ['--model', model]));
	for (const line of run.stdout.split('\n').filter(candidate => candidate.startsWith('{'))) {
		const read = JSON.parse(line) as Event | RunResult;
		if (read.type === 'result') {
			job.results.push(read);
		} else {
			job.events.push(read);
		}
	}

	say(`  exit ${run.code} ${job.results.at(-1)?.message ?? run.stderr.trim().slice(-200)}`);
	return run.code ?? 1;
}

/** Says what a person answers to the questions that were asked since. */
async function answerQuestions(job: Job, stage: DocumentStage, since: number) {
	const {answers, spec} = job.evalCase;
	const asked = job.events
		.slice(since)
		.flatMap(event => (event.type === 'asked' && event.ask.kind === 'question' ? [JSON.stringify(event.ask)] : []));
	const says = answers.filter(({when}) => asked.some(text => new RegExp(when, 'i').test(text))).map(({say}) => say);
	if (says.length > 0) {
		await work(job, '-p', says.join('\n'), '--spec', spec, '--stage', stage);
	}
}

async function write(job: Job, stage: DocumentStage) {
	const since = job.events.length;
	const {spec, idea, route} = job.evalCase;
	await (stage === 'requirements'
		? work(job, 'new', spec, idea, '--route', route)
		: work(job, '-p', openings[stage], '--spec', spec, '--stage', stage));
	if (!has(job, stage)) {
		job.rescues += 1;
		await work(job, '-p', `There is no ${stage} document yet. Write it now.`, '--spec', spec, '--stage', stage);
	}

	await answerQuestions(job, stage, since);
}

async function editByHand(job: Job, at: Moment) {
	const {spec, edits} = job.evalCase;
	let isDocument = false;
	for (const edit of edits.filter(candidate => candidate.at === at)) {
		const isMade = await makeEdit(edit, {root: job.scratch.root, spec});
		job.editsMade += isMade ? 1 : 0;
		isDocument ||= isMade && 'criterion' in edit;
	}

	// Where all were written at once the other documents are there already, and a person wants them to follow.
	if (isDocument && has(job, 'tasks')) {
		await work(
			job,
			'-p',
			'I added a criterion to the requirements. Bring the other documents in line with it.',
			'--spec',
			spec,
			'--stage',
			'requirements',
		);
	}
}

async function approve(job: Job, stage: DocumentStage) {
	const {spec} = job.evalCase;
	const rev = (await cli(job, 'approve', spec, stage, '--trust')).stdout.trim();
	await work(job, 'approve', spec, stage, '--rev', rev);
}

async function isFinished(job: Job): Promise<boolean> {
	if (!has(job, 'tasks')) {
		return false;
	}

	const {tasks} = parseTasks(await readFile(documentOf(job, 'tasks.md'), 'utf8'));
	const required = tasks.filter(task => !task.isOptional && task.isLeaf);
	return required.length > 0 && required.every(task => task.marker === 'x');
}

async function build(job: Job) {
	const {spec} = job.evalCase;
	await work(job, 'run', '--spec', spec);
	await editByHand(job, 'first-task');
	while (!(await isFinished(job))) {
		const code = await work(job, 'run', '--spec', spec, '--all');
		if (code !== 0 || !(await isFinished(job))) {
			if (job.rescues >= maxRescues) {
				return;
			}

			job.rescues += 1;
		}
	}
}

type Verified = {readonly specs: readonly {readonly doubts: readonly {readonly task: string; readonly why: string}[]}[]};

async function doubtsOf(job: Job): Promise<readonly string[]> {
	const {stdout} = await cli(job, 'verify', '--spec', job.evalCase.spec, '--json', '--trust');
	const start = stdout.indexOf('{');
	if (start === -1) {
		return ['verify said nothing'];
	}

	const {specs} = JSON.parse(stdout.slice(start)) as Verified;
	return specs.flatMap(({doubts}) => doubts.map(({task, why}) => `${task}: ${why}`));
}

/** Takes a case through the real binary, from the idea to the last task. */
export async function play(evalCase: EvalCase, scratch: Scratch, options: PlayOptions): Promise<Played> {
	const job: Job = {evalCase, scratch, options, events: [], results: [], rescues: 0, editsMade: 0};
	await write(job, 'requirements');
	await editByHand(job, 'written');
	// Where all were written at once one approval covers all three.
	const isOneGate = has(job, 'tasks');
	for (const stage of documentStages) {
		if (!has(job, stage)) {
			await write(job, stage);
		}

		if (!isOneGate || stage === 'tasks') {
			await approve(job, stage);
		}
	}

	await build(job);
	const {events, results, rescues, editsMade} = job;
	return {events, results, rescues, editsMade, doubts: await doubtsOf(job), isFinished: await isFinished(job)};
}
