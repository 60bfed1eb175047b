import {printable} from '../protocol/printable.ts';
import {safeJson} from '../protocol/safe-json.ts';
import type {SpecSummary} from '../protocol/spec-summary.ts';

/** `status --json`: every spec of the tree, in the shape that scripts rely on. */
export function statusJson(specs: readonly SpecSummary[]): string {
	const rows = specs.map(({name, path, stage, tasks, approvals, problems}) => ({
		name,
		path,
		stage,
		tasks,
		approvals,
		problems: problems.map(({file, line, code, message}) => ({file, line, code, message})),
	}));
	return `${safeJson({specs: rows}, 2)}\n`;
}

function marks(spec: SpecSummary): string {
	const stale = Object.entries(spec.approvals).flatMap(([stage, state]) => (state === 'stale' ? [`${stage} changed after approval`] : []));
	const unfinished = spec.unfinished.map(({task, why}) => `${task} ${why}`);
	const unproven = spec.withoutEvidence.length === 0 ? [] : [`${spec.withoutEvidence.length} ticked without evidence`];
	const problems = spec.problems.length === 0 ? [] : [`${spec.problems.length} ${spec.problems.length === 1 ? 'problem' : 'problems'}`];
	const aged = spec.unprovenSince === undefined ? [] : [`${spec.unprovenSince} unproven since a change`];
	const all = [...stale, ...unfinished, ...unproven, ...aged, ...problems];
	return all.length === 0 ? '' : `  (${all.join('; ')})`;
}

/** `status` for people: one line a spec. */
export function statusText(specs: readonly SpecSummary[]): string {
	if (specs.length === 0) {
		return 'No specs under .kiro/specs yet. Begin one: kiro-tui new <name> "<idea>"\n';
	}

	const width = Math.max(...specs.map(spec => spec.name.length));
	return specs
		.map(spec => {
			const optional = spec.tasks.optional === 0 ? '' : ` +${spec.tasks.optional} optional`;
			return `${printable(spec.name).padEnd(width)}  ${spec.stage.padEnd(12)}  ${spec.tasks.done}/${spec.tasks.total} tasks${optional}${printable(marks(spec))}\n`;
		})
		.join('');
}
