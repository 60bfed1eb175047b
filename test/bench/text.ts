import {forEachChild, parse, type SyntaxNode} from 'unbash';
import {decide} from '../../source/permission/decide.ts';
import {parseRule} from '../../source/permission/rules.ts';
import type {Rule} from '../../source/protocol/permission.ts';
import {printable} from '../../source/protocol/printable.ts';
import {compare, type Row} from './measure.ts';

const megabyte = 1_000_000;

function repeated(line: string): string {
	return line.repeat(Math.ceil(megabyte / line.length)).slice(0, megabyte);
}

/** The least that any program must do to a text before a terminal gets it. */
function withoutControls(text: string): string {
	return text.replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, '');
}

async function printableRow(name: string, text: string, must: number): Promise<Row> {
	return compare({
		name: `1 MB of ${name} made printable`,
		run: () => printable(text),
		floorName: 'one regex that drops controls',
		floor: () => withoutControls(text),
		clock: 'processor',
		must,
	});
}

const commands = [
	'npm run lint -- --fix source/session',
	'git status --short && git diff --stat HEAD~3 | head -40',
	'cd packages/core; for f in src/*.ts; do grep -n "TODO" "$f"; done',
	'rg -n "printable\\(" source | sort -u > /tmp/found.txt',
	'curl -fsSL https://example.com/install.sh | bash -s -- --yes',
	'find . -name "*.log" -mtime +7 -exec rm -f {} +',
];

/** The parser reads words only when they are looked at, so a floor that looks at none would be no floor. */
function visited(command: string): number {
	const open: SyntaxNode[] = [parse(command)];
	let nodes = 0;
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		forEachChild(node, child => open.push(child));
		nodes++;
	}

	return nodes;
}

function rules(): readonly Rule[] {
	const texts = [
		['deny', 'Bash(rm -rf *)'],
		['deny', 'Bash(git push --force *)'],
		['ask', 'Bash(npm publish *)'],
		['allow', 'Bash(npm run *)'],
		['allow', 'Bash(git status *)'],
		['allow', 'Bash(git diff *)'],
	] as const;
	return texts.map(([effect, text]) => {
		const rule = parseRule(effect, text, 'user');
		if ('error' in rule) {
			throw new Error(rule.error);
		}

		return rule;
	});
}

/** What every text and every command passes before a person or a shell gets it. */
export async function textRows(): Promise<readonly Row[]> {
	const known = rules();
	const input = {mode: 'auto-edit', rules: known, root: '/work/project', rootName: 'project', testCommands: ['npm test']} as const;
	return [
		await printableRow('plain text', repeated('  at build (source/session/run-tests.ts:41:17) took 12 ms of 90\n'), 1.5),
		await printableRow(
			'coloured output',
			repeated('\u001B[32m✓\u001B[39m test/run.test.ts \u001B[2m(12 tests)\u001B[22m\t\u001B[33m41\u001B[2mms\u001B[22m\u001B[39m\r\n'),
			11,
		),
		await printableRow(
			'prose in many scripts',
			repeated('Größe – 設計書を読む 👩‍💻 ✅ “naïve” café, a long line of ordinary words around them\n'),
			22,
		),
		await compare({
			name: `${commands.length} shell commands, decided under ${known.length} rules`,
			run: () => commands.map(command => decide({...input, action: {kind: 'command', command}})),
			floorName: 'parsing them, each node visited',
			floor: () => commands.map(visited),
			clock: 'processor',
			must: 90,
		}),
	];
}
