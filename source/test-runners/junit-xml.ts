import {plain} from './failure.ts';

/** A `<testcase>` as it stands in the file. */
export type JunitCase = {
	readonly name: string;
	readonly classname: string;
	readonly file: string;
	readonly line?: number;
	readonly durationMs?: number;
	readonly skipped?: JunitNote;
	readonly failure?: JunitNote;
	readonly error?: JunitNote;
	/** The names of the suites around it, outermost first. */
	readonly suites: readonly string[];
};

export type JunitNote = {readonly message: string; readonly type: string; readonly text: string};
type Node = Readonly<Record<string, unknown>>;

const attributes = ':@';
const textOf = '#text';

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null;
}

function nodes(value: unknown): readonly Node[] {
	return Array.isArray(value) ? value.filter(isNode) : [];
}

function attribute(node: Node, name: string): string {
	const all = node[attributes];
	const value = isNode(all) ? all[name] : undefined;
	return typeof value === 'string' ? value : '';
}

function numberOf(text: string): number | undefined {
	const number = Number.parseFloat(text);
	return Number.isFinite(number) ? number : undefined;
}

function noteIn(children: readonly Node[], tag: string): JunitNote | undefined {
	const node = children.find(child => tag in child);
	if (node === undefined) {
		return undefined;
	}

	const text = nodes(node[tag]).map(child => (typeof child[textOf] === 'string' ? child[textOf] : ''));
	return {message: plain(attribute(node, 'message')), type: attribute(node, 'type'), text: plain(text.join('')).trim()};
}

function caseOf(node: Node, suites: readonly string[]): JunitCase {
	const children = nodes(node.testcase);
	const [skipped, failure, error] = ['skipped', 'failure', 'error'].map(tag => noteIn(children, tag));
	const line = numberOf(attribute(node, 'line'));
	const seconds = numberOf(attribute(node, 'time'));
	return {
		name: plain(attribute(node, 'name')),
		classname: plain(attribute(node, 'classname')),
		file: attribute(node, 'file'),
		...(line !== undefined && {line}),
		...(seconds !== undefined && {durationMs: Math.round(seconds * 1e6) / 1000}),
		...(skipped && {skipped}),
		...(failure && {failure}),
		...(error && {error}),
		suites,
	};
}

function casesIn(children: readonly Node[], suites: readonly string[]): readonly JunitCase[] {
	return children.flatMap(node => {
		if ('testcase' in node) {
			return [caseOf(node, suites)];
		}

		const inside = node.testsuite ?? node.testsuites;
		const name = 'testsuite' in node ? attribute(node, 'name') : '';
		return casesIn(nodes(inside), name === '' ? suites : [...suites, name]);
	});
}

/** The cases of a JUnit XML report in their order; undefined when it is not one. The parser is loaded on first use. */
export async function readJunit(report: string): Promise<readonly JunitCase[] | undefined> {
	const {XMLParser, XMLValidator} = await import('fast-xml-parser');
	if (XMLValidator.validate(report) !== true) {
		return undefined;
	}

	const parser = new XMLParser({
		preserveOrder: true,
		ignoreAttributes: false,
		attributeNamePrefix: '',
		parseTagValue: false,
		parseAttributeValue: false,
		htmlEntities: true,
		trimValues: false,
	});
	const parsed: unknown = parser.parse(report);
	return casesIn(nodes(parsed), []);
}
