import {exitCodes} from '../protocol/exit-codes.ts';
import {deriveMatrix, isUnproven, type Matrix} from '../protocol/matrix.ts';
import {printable} from '../protocol/printable.ts';
import {UserError} from '../protocol/user-error.ts';
import type {SpecEvidence} from '../session/read-evidence.ts';
import {sectionText} from '../spec/section-text.ts';
import {parseTasks} from '../spec/tasks.ts';
import type {HeadlessIo} from './headless-io.ts';
import {escapeMarkdown, matrixTable} from './matrix-markdown.ts';
import {dayOf} from './matrix-text.ts';

const introduction = /^(?:\d+\.?\s*)?(?:introduction|简介|介绍|引言|はじめに|概要|einleitung|введение)$/iu;
const overview = /^(?:\d+\.?\s*)?(?:overview|概述|概览|概要|überblick|обзор)$/iu;
const components =
	/^(?:\d+\.?\s*)?(?:components?(?: and interfaces?)?|architecture|组件和接口|组件与接口|コンポーネントとインターフェース)$/iu;

function titleOf({files, texts}: SpecEvidence): string {
	const title = parseTasks(texts.tasks ?? '').title?.replace(/^(?:implementation plan|tasks?)\s*[:：-]?\s*/iu, '') ?? '';
	return title === '' ? files.name : title;
}

function list(items: readonly string[]): string {
	return items.length === 0 ? 'None.\n' : `${items.map(item => `- ${item}`).join('\n')}\n`;
}

function howOf(design: string | undefined): string {
	const text = sectionText(design ?? '', overview)?.text ?? '';
	const titles = sectionText(design ?? '', components)?.titles ?? [];
	const parts = [...(text === '' ? [] : [`${printable(text)}\n`]), ...(titles.length === 0 ? [] : [list(titles.map(escapeMarkdown))])];
	return parts.length === 0 ? 'No design.\n' : parts.join('\n');
}

function unprovenOf({rows, tasks}: Matrix): string {
	const criteria = rows.filter(isUnproven).map(row => `${row.criterion} is ${row.grade}${row.isFlaky ? ' and flaky' : ''}: ${row.text}`);
	const open = tasks.filter(task => !task.isDone).map(task => `task ${task.number} is not done: ${task.title}`);
	return list([...criteria, ...open].map(escapeMarkdown));
}

/** The text of a pull request for a spec: what, why, how, and what is shown of it. The same bytes for the same files. */
export function pullRequestText(evidence: SpecEvidence): string {
	const {files, texts, input} = evidence;
	const matrix = deriveMatrix(input);
	const what = sectionText(texts.requirements ?? '', introduction)?.text ?? '';
	const why = input.requirements.flatMap(({number, title, criteria}) => [
		`${escapeMarkdown(`${number} ${title ?? ''}`)}`,
		...criteria.map(({id, text}) => `  - ${escapeMarkdown(`${id}: ${text}`)}`),
	]);
	const hands = matrix.byHand.map(({task, by, at, reason}) => escapeMarkdown(`task ${task}, by ${by} on ${dayOf(at)}: ${reason}`));
	const sections = [
		`# ${escapeMarkdown(titleOf(evidence))}\n`,
		`## What\n\n${what === '' ? `The spec \`${escapeMarkdown(files.path)}\`.` : printable(what)}\n`,
		`## Why\n\n${why.map(line => (line.startsWith('  ') ? line : `- ${line.trim()}`)).join('\n')}\n`,
		`## How\n\n${howOf(texts.design)}`,
		`## Evidence\n\n${matrixTable(matrix)}`,
		`## Not proven\n\n${unprovenOf(matrix)}`,
		`## Accepted by hand\n\n${list(hands)}`,
	];
	return sections.join('\n');
}

/** `pr`: prints the text of a pull request for one spec. */
export function printPullRequest(evidence: readonly SpecEvidence[], io: HeadlessIo): number {
	const [only] = evidence;
	if (only === undefined || evidence.length > 1) {
		const names = evidence.map(({files}) => files.name);
		throw new UserError(only === undefined ? 'There is no spec here' : 'There are several specs here', {
			nextStep: only === undefined ? 'Begin one: kiro-tui new <name> "<idea>"' : `Name one with --spec: ${names.slice(0, 8).join(', ')}`,
			exitCode: exitCodes.usage,
		});
	}

	io.write(pullRequestText(only));
	return exitCodes.done;
}
