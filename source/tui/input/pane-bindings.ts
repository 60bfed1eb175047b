import type {Binding} from './key-bindings.ts';

function documentBindings<Context extends 'requirements' | 'design'>(context: Context) {
	return [
		{action: 'artifact.approve', context, keys: ['a'], label: 'approve', hint: 10},
		{action: 'artifact.edit', context, keys: ['e'], label: 'edit', hint: 14},
		{action: 'artifact.diff', context, keys: ['d'], label: 'diff', hint: 11},
		{action: 'pane.next-heading', context, keys: ['}'], label: 'next heading'},
		{action: 'pane.previous-heading', context, keys: ['{'], label: 'previous heading'},
	] as const satisfies readonly Binding[];
}

const tasks = [
	{action: 'task.start', context: 'tasks', keys: ['s'], label: 'start', hint: 10},
	{action: 'task.run-all', context: 'tasks', keys: ['S'], label: 'run all', hint: 11},
	{action: 'task.pause', context: 'tasks', keys: ['p'], label: 'pause after this', hint: 12},
	{action: 'task.queue', context: 'tasks', keys: ['m'], label: 'queue or not'},
	{action: 'task.tests', context: 'tasks', keys: ['t'], label: 'tests', hint: 13},
	{action: 'task.diff', context: 'tasks', keys: ['D'], label: 'task diff', hint: 14},
	{action: 'task.undo', context: 'tasks', keys: ['u'], label: 'undo task', hint: 15},
	{action: 'task.mark', context: 'tasks', keys: ['x'], label: 'mark by hand', hint: 17},
	{action: 'artifact.edit', context: 'tasks', keys: ['e'], label: 'edit', hint: 18},
	{action: 'artifact.diff', context: 'tasks', keys: ['d'], label: 'diff'},
	{action: 'artifact.approve', context: 'tasks', keys: ['a'], label: 'approve', hint: 16},
] as const satisfies readonly Binding[];

const chat = [
	{action: 'chat.expand', context: 'chat', keys: ['space'], label: 'expand', hint: 10},
	{action: 'chat.next-message', context: 'chat', keys: ['}'], label: 'next message', hint: 12},
	{action: 'chat.previous-message', context: 'chat', keys: ['{'], label: 'previous message'},
	{action: 'chat.follow', context: 'chat', keys: ['end'], label: 'follow', hint: 11},
] as const satisfies readonly Binding[];

const tests = [
	{action: 'tests.run', context: 'tests', keys: ['r', 'R'], label: 'rerun', hint: 10},
	{action: 'tests.send', context: 'tests', keys: ['f'], label: 'send to chat', hint: 11},
	{action: 'pane.open-file', context: 'tests', keys: ['o'], label: 'open at line', hint: 12},
	{action: 'tests.baseline', context: 'tests', keys: ['B'], label: 'run all as the new baseline', hint: 14},
	{action: 'tests.skip', context: 'tests', keys: ['x'], label: 'stop the run', hint: 13},
	{action: 'tests.tab', context: 'tests', keys: [']', '['], label: 'matrix', hint: 15},
] as const satisfies readonly Binding[];

const matrix = [
	{action: 'matrix.open', context: 'matrix', keys: ['enter', 'space'], label: 'open', hint: 10},
	{action: 'matrix.filter', context: 'matrix', keys: ['f'], label: 'unproven only', hint: 11},
	{action: 'matrix.run', context: 'matrix', keys: ['r'], label: 'run its tests', hint: 12},
	{action: 'matrix.verify', context: 'matrix', keys: ['V'], label: 'verify all', hint: 13},
	{action: 'matrix.criterion', context: 'matrix', keys: ['c'], label: 'criterion', hint: 14},
	{action: 'matrix.task', context: 'matrix', keys: ['t'], label: 'task', hint: 15},
	{action: 'matrix.test', context: 'matrix', keys: ['o'], label: 'open the test', hint: 16},
	{action: 'tests.tab', context: 'matrix', keys: ['[', ']'], label: 'results', hint: 17},
	{action: 'tests.skip', context: 'matrix', keys: ['x'], label: 'stop the run'},
] as const satisfies readonly Binding[];

const review = [
	{action: 'review.up', context: 'review', keys: ['k', 'up'], label: 'line before'},
	{action: 'review.down', context: 'review', keys: ['j', 'down'], label: 'next line'},
	{action: 'review.page-up', context: 'review', keys: ['pageup'], label: 'a page up'},
	{action: 'review.page-down', context: 'review', keys: ['pagedown'], label: 'a page down'},
	{action: 'review.top', context: 'review', keys: ['g', 'home'], label: 'first line'},
	{action: 'review.bottom', context: 'review', keys: ['G', 'end'], label: 'last line'},
	{action: 'review.next-hunk', context: 'review', keys: ['}'], label: 'next hunk'},
	{action: 'review.previous-hunk', context: 'review', keys: ['{'], label: 'hunk before'},
	{action: 'review.comment', context: 'review', keys: ['c'], label: 'comment', hint: 10},
	{action: 'review.send', context: 'review', keys: ['r'], label: 'send', hint: 11},
	{action: 'review.revert', context: 'review', keys: ['x'], label: 'take back', hint: 12},
	{action: 'review.commit', context: 'review', keys: ['m'], label: 'commit', hint: 13},
] as const satisfies readonly Binding[];

const overlays = [
	{action: 'bar.prompt', context: 'bar', keys: ['tab'], label: 'back to the prompt', hint: 90},
	{action: 'bar.leave', context: 'bar', keys: ['escape'], label: 'leave', hint: 91},
	{action: 'bar.scroll-up', context: 'bar', keys: ['up', 'pageup'], label: 'scroll up'},
	{action: 'bar.scroll-down', context: 'bar', keys: ['down', 'pagedown'], label: 'scroll down'},
	{action: 'field.take', context: 'field', keys: ['enter'], label: 'take', hint: 1},
	{action: 'field.leave', context: 'field', keys: ['escape'], label: 'cancel', hint: 2},
	{action: 'field.clear', context: 'field', keys: ['ctrl+u'], label: 'clear'},
	{action: 'history.again', context: 'history', keys: ['ctrl+r', 'up'], label: 'older match', hint: 3},
	{action: 'popup.leave', context: 'popup', keys: ['escape', 'q', 'i', 'ctrl+o'], label: 'close', hint: 1},
] as const satisfies readonly Binding[];

export const paneBindings = [
	...documentBindings('requirements'),
	...documentBindings('design'),
	...tasks,
	...chat,
	...tests,
	...matrix,
	...review,
	...overlays,
] as const;
