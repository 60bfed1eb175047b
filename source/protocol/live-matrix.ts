import {parseDesign} from '../spec/design.ts';
import {parseRequirements} from '../spec/requirements.ts';
import type {KnownTests} from './known-tests.ts';
import {deriveMatrix, type Matrix, type MatrixInput} from './matrix.ts';
import type {SpecState, State} from './state.ts';

/** What the matrix of the open spec is told from: its documents and ledger, what the disk said last, and the newest result of each test. */
export function matrixInputOf(spec: SpecState, newest?: KnownTests): MatrixInput {
	const {name, isOnly, isBugfix, artifacts, criterionHashes, tasks, textHashes, ledger, links, changedFiles} = spec;
	return {
		spec: name,
		isOnly,
		isBugfix,
		requirements: parseRequirements(artifacts.requirements?.text ?? '').requirements,
		criterionHashes,
		tasks: tasks.tasks,
		textHashes,
		properties: parseDesign(artifacts.design?.text ?? '').properties,
		ledger,
		links,
		changedFiles,
		...(newest !== undefined && {newest}),
	};
}

/** The parts of state that the matrix is told from: it stays the same while each of them is the same. */
function partsOf({spec, tests}: State): readonly unknown[] {
	return [
		spec?.name,
		spec?.isOnly,
		spec?.isBugfix,
		spec?.artifacts.requirements?.text,
		spec?.artifacts.design?.text,
		spec?.criterionHashes,
		spec?.tasks,
		spec?.textHashes,
		spec?.ledger,
		spec?.links,
		spec?.changedFiles,
		tests.known,
	];
}

const none: Matrix = {spec: '', rows: [], tasks: [], byHand: []};
let newest: {readonly parts: readonly unknown[]; readonly matrix: Matrix} = {parts: [], matrix: none};

/** The matrix of the open spec. Derived once for what it is told from, and never for a frame: 200 criteria and 2,000 tests take milliseconds. */
export function liveMatrix(state: State): Matrix {
	if (state.spec === undefined) {
		return none;
	}

	const parts = partsOf(state);
	if (newest.parts.length !== parts.length || parts.some((part, index) => part !== newest.parts[index])) {
		newest = {parts, matrix: deriveMatrix(matrixInputOf(state.spec, state.tests.known))};
	}

	return newest.matrix;
}
