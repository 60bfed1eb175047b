import {wordsOf} from '../protocol/describe-event.ts';
import type {Display} from '../protocol/display.ts';
import type {Event} from '../protocol/event.ts';
import {reportSummary, unnamedFailure} from '../protocol/report-summary.ts';
import {failureLine, type TestReport} from '../protocol/test-report.ts';

/** Lines of a tool's result; the rest is counted. */
const shownLines = 12;
/** Failures of a test run that are listed. */
const shownFailures = 10;

function shortened(lines: readonly string[]): readonly string[] {
	const more = lines.length - shownLines;
	return [...lines.slice(0, shownLines), ...(more > 0 ? [`and ${more} more lines`] : [])].map(line => `    ${line}`);
}

function reportLines(report: TestReport): readonly string[] {
	const failures = report.tests.filter(test => test.status === 'failed');
	return [
		`Tests (${report.command}): ${reportSummary(report)}`,
		...unnamedFailure(report).map(line => `  ${line}`),
		...failures
			.slice(0, shownFailures)
			.map(test => `  failed: ${test.name}${test.failure === undefined ? '' : `: ${failureLine(test.failure)}`}`),
	];
}

function agentLines(text: string): readonly string[] {
	return ['', 'Agent:', ...text.split('\n').map(line => `  ${line}`)];
}

function displayLines(display: Display): readonly string[] {
	switch (display.kind) {
		case 'text': {
			return shortened(display.text.trimEnd().split('\n'));
		}

		case 'lines': {
			return [`    ${display.summary}`];
		}

		case 'diff': {
			return [`    +${display.added} -${display.removed}`];
		}

		case 'report': {
			return reportLines(display.report).map(line => `    ${line}`);
		}

		case 'closing': {
			return display.text === '' ? [] : agentLines(display.text);
		}

		default: {
			return display satisfies never;
		}
	}
}

function spent(durationMs: number, costUsd: number | undefined): string {
	return `${Math.round(durationMs / 1000)} s${costUsd === undefined ? '' : `, $${costUsd.toFixed(2)}`}`;
}

function turnLines(event: Extract<Event, {type: 'turn.finished'}>): readonly string[] {
	return event.message === undefined ? [] : [event.message, ...(event.nextStep === undefined ? [] : [`  -> ${event.nextStep}`])];
}

function documentLines(event: Extract<Event, {type: 'artifact.changed'}>): readonly string[] {
	if (event.by === 'program' || event.by === 'disk') {
		return [];
	}

	const file = `${event.artifact}.md`;
	return event.text === undefined
		? [`${file} is gone`]
		: [`${file} was ${event.by === 'person' ? 'edited by hand' : 'written'} (${event.changedLines.length} lines)`];
}

/** What a finished thing says on lines of its own, written once and never again. Nothing that still grows is told. */
export function tellEvent(event: Event): readonly string[] {
	switch (event.type) {
		case 'answer.finished': {
			const text = wordsOf(event)?.trim() ?? '';
			return text === '' ? [] : agentLines(text);
		}

		case 'call.requested': {
			return [`  ${event.name} ${event.title}`.trimEnd()];
		}

		case 'call.finished': {
			return displayLines(event.display);
		}

		case 'turn.finished': {
			return turnLines(event);
		}

		case 'artifact.changed': {
			return documentLines(event);
		}

		case 'task.started': {
			return ['', `Task ${event.task}: ${event.title}`];
		}

		case 'task.finished': {
			return [`[${event.outcome === 'done' ? 'x' : '-'}] ${event.task}: ${event.why}, ${spent(event.durationMs, event.costUsd)}`];
		}

		case 'tests.finished': {
			return event.isInCall === true ? [] : reportLines(event.report);
		}

		case 'service.waiting': {
			return [`Waiting: ${event.reason} (attempt ${event.attempt})`];
		}

		case 'noticed': {
			return [event.text, ...(event.nextStep === undefined ? [] : [`  -> ${event.nextStep}`])];
		}

		case 'diff.shown': {
			return [event.title, ...event.files.flatMap(file => file.patch.trimEnd().split('\n'))];
		}

		case 'stage.entered': {
			return ['', `Stage: ${event.stage}`];
		}

		default: {
			return [];
		}
	}
}
