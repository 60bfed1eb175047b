import type {Action} from '../../source/protocol/permission.ts';
import type {Tool, ToolContext, ToolOutcome} from '../../source/protocol/tool.ts';

type Run = (input: {readonly path: string}, context: ToolContext) => Promise<ToolOutcome> | ToolOutcome;

export function outcome(forModel: string, ok = true): ToolOutcome {
	return {ok, forModel, display: {kind: 'text', text: forModel}};
}

/** A tool that takes `{path}` and does what the test says. */
export function toolNamed(name: string, kind: 'read' | 'write' | 'harmless', run: Run): Tool {
	const pathOf = (input: unknown) => (input as {path: string}).path;
	const action = (input: unknown): Action => (kind === 'harmless' ? {kind} : {kind, path: pathOf(input)});
	return {
		name,
		description: `The tool ${name}`,
		inputSchema: {type: 'object', properties: {path: {type: 'string'}}, required: ['path']},
		parse(raw) {
			const {path} = raw as {path?: unknown};
			return typeof path === 'string' ? {ok: true, input: {path}} : {ok: false, message: 'path must be a string'};
		},
		action,
		title: pathOf,
		run: async (input, context) => run(input as {path: string}, context),
	};
}

export function toolContext(signal: AbortSignal): ToolContext {
	return {
		root: '/workspace',
		signal,
		seen: new Map(),
		documents: [],
		beforeWrite: async () => {},
		afterWrite() {},
		ask: async () => '',
		guard: run => run(),
		onOutput() {},
		env: {},
		commandTimeoutMs: 1000,
	};
}
