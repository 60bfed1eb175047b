import {exitCodes} from '../protocol/exit-codes.ts';
import {deriveMatrix, type Matrix, onlyUnproven} from '../protocol/matrix.ts';
import {safeJson} from '../protocol/safe-json.ts';
import {doubtsOf} from '../protocol/verdict.ts';
import type {SpecEvidence} from '../session/read-evidence.ts';
import type {HeadlessIo} from './headless-io.ts';
import {matrixMarkdown} from './matrix-markdown.ts';
import {matrixText} from './matrix-text.ts';

export type MatrixFormat = {readonly format: 'text' | 'json' | 'markdown'; readonly isUnprovenOnly: boolean};

export type NamedMatrix = {readonly path: string; readonly matrix: Matrix};

/** Writes matrices the way they are asked for; the shape of the JSON is in the README. */
export function writeMatrices(matrices: readonly NamedMatrix[], {format, isUnprovenOnly}: MatrixFormat, io: HeadlessIo): void {
	const filtered = (matrix: Matrix) => (isUnprovenOnly ? onlyUnproven(matrix) : matrix);
	if (format === 'json') {
		const specs = matrices.map(({path, matrix}) => ({...filtered(matrix), path, doubts: doubtsOf(matrix)}));
		io.write(`${safeJson({v: 1, specs}, 2)}\n`);
		return;
	}

	if (matrices.length === 0) {
		io.write('No specs under .kiro/specs yet. Begin one: kiro-tui new <name> "<idea>"\n');
		return;
	}

	const textOf = (matrix: Matrix) =>
		format === 'markdown' ? matrixMarkdown(matrix, filtered(matrix)) : matrixText(matrix, filtered(matrix), io.columns);
	io.write(matrices.map(({matrix}) => textOf(matrix)).join('\n'));
}

/** `matrix`: what each criterion has shown, from disk alone. */
export function printMatrix(evidence: readonly SpecEvidence[], format: MatrixFormat, io: HeadlessIo): number {
	const matrices = evidence.map(({files, input}) => ({path: files.path, matrix: deriveMatrix(input)}));
	writeMatrices(matrices, format, io);
	return exitCodes.done;
}
