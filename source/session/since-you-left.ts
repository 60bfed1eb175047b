import {join} from 'node:path';
import type {SinceYouLeft, SpecSummary, UnfinishedTask} from '../protocol/spec-summary.ts';
import {digestOf} from '../workspace/digest.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {readVisit, rememberVisit} from '../workspace/visit.ts';
import {manifestChanges, takeManifest} from './file-manifest.ts';
import type {Services} from './services.ts';

const maxDocumentBytes = 5_000_000;
const maxNamed = 4;

async function documentDigests(services: Services, specs: readonly SpecSummary[]): Promise<Readonly<Record<string, string>>> {
	const digests: Record<string, string> = {};
	for (const path of specs.flatMap(spec => spec.documents.map(document => `${spec.path}/${document}.md`))) {
		const read = await readTextFile(join(services.root, path), {maxBytes: maxDocumentBytes});
		if (read.kind === 'text') {
			digests[path] = digestOf(read.text);
		}
	}

	return digests;
}

function named(paths: readonly string[]): string {
	const more = paths.length - maxNamed;
	return paths.slice(0, maxNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function changedPaths(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): readonly string[] {
	const paths = new Set([...Object.keys(before), ...Object.keys(now)]);
	return [...paths].filter(path => before[path] !== now[path]).sort();
}

const standings: Readonly<Record<UnfinishedTask['why'], string>> = {
	interrupted: 'was interrupted',
	red: 'stayed red',
	unproven: 'waits for your judgement',
};

function standing(specs: readonly SpecSummary[]): readonly string[] {
	return specs.flatMap(spec => {
		const stale = Object.entries(spec.approvals).flatMap(([stage, state]) => (state === 'stale' ? [stage] : []));
		const open = spec.problems.filter(problem => problem.code === 'unconfirmed-assumption').length;
		return [
			...(stale.length === 0 ? [] : [`${spec.name}: ${stale.join(' and ')} changed after approval`]),
			...spec.unfinished.map(({task, why}) => `${spec.name}: task ${task} ${standings[why]}`),
			...(open === 0 ? [] : [`${spec.name}: ${open} open ${open === 1 ? 'assumption' : 'assumptions'}`]),
			...(spec.withoutEvidence.length === 0 ? [] : [`${spec.name}: ${spec.withoutEvidence.length} ticked without evidence`]),
		];
	});
}

function nextStepOf(specs: readonly SpecSummary[]): string {
	const [next] = specs.flatMap(({name, unfinished: tasks}) => tasks.map(task => ({name, ...task})));
	if (next !== undefined) {
		const {name, task, why} = next;
		return why === 'unproven' ? `Open ${name} and look at task ${task}: x ticks it by hand` : `Open ${name} and start task ${task} again`;
	}

	const open = specs.find(spec => spec.stage !== 'vibe');
	return open === undefined ? 'Type an idea or a question' : `Open ${open.name}: it is at ${open.stage}`;
}

/** What changed on disk since the last session here ended, and what stands open; no tokens are spent on it. */
export async function sinceYouLeft(services: Services): Promise<SinceYouLeft> {
	const {specs} = services.store.state();
	const visit = await readVisit(services.options.directories.state, services.root);
	const lines: string[] = [];
	if (visit !== undefined) {
		const documents = changedPaths(visit.documents, await documentDigests(services, specs));
		const files = manifestChanges(new Map(Object.entries(visit.files)), await takeManifest(services, new AbortController().signal));
		lines.push(
			...(documents.length === 0 ? [] : [`changed specs: ${named(documents)}`]),
			...(files.length === 0 ? [] : [`changed files: ${named(files)}`]),
		);
		if (visit.failing.length > 0) {
			lines.push(`failing tests when you left: ${named(visit.failing)}`);
		}
	}

	return {lines: [...lines, ...standing(specs)], nextStep: nextStepOf(specs)};
}

/** Keeps what the workspace looks like now, for the next session's home. */
export async function rememberThisVisit(services: Services): Promise<void> {
	const {tests, specs} = services.store.state();
	const commit = await services.git?.head();
	await rememberVisit(services.options.directories.state, services.root, {
		at: services.options.now(),
		documents: {...(await documentDigests(services, specs))},
		files: Object.fromEntries(await takeManifest(services, new AbortController().signal)),
		failing: tests.last?.report.tests.filter(test => test.status === 'failed').map(test => test.id) ?? [],
		...(commit !== undefined && {commit}),
	});
}
