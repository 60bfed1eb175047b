/**
 * Where a key is pressed. `app` holds everywhere; `leader` is the key after Ctrl+X; `running` is added while a turn runs, `menu` while a
 * completion is open, `bar` while the bar over the prompt has the focus, `field` in a one-line field, `history` in the one that searches what
 * was sent, `popup` while something covers the panes, `review` when that is the diff of a task.
 */
export type KeyContext =
	| 'app'
	| 'prompt'
	| 'running'
	| 'menu'
	| 'leader'
	| 'pane'
	| 'requirements'
	| 'design'
	| 'tasks'
	| 'chat'
	| 'tests'
	| 'matrix'
	| 'bar'
	| 'field'
	| 'history'
	| 'review'
	| 'popup';

export type Binding = {
	readonly action: string;
	readonly context: KeyContext;
	/** In the spelling of `keyName`; the first one is shown. */
	readonly keys: readonly string[];
	readonly label: string;
	/** Shown in the hint line, low numbers first; without it only in the help. */
	readonly hint?: number;
};

const app = [
	{action: 'app.interrupt', context: 'app', keys: ['ctrl+c'], label: 'interrupt, clear, exit'},
	{action: 'app.redraw', context: 'app', keys: ['ctrl+l'], label: 'redraw'},
	{action: 'app.suspend', context: 'app', keys: ['ctrl+z'], label: 'suspend'},
	{action: 'app.leader', context: 'app', keys: ['ctrl+x'], label: 'more keys', hint: 70},
	{action: 'mode.next', context: 'app', keys: ['shift+tab'], label: 'mode'},
	{action: 'chat.expand-newest', context: 'app', keys: ['ctrl+o'], label: 'expand'},
	{action: 'tasks.toggle', context: 'app', keys: ['ctrl+t'], label: 'tasks'},
	{action: 'pane.focus.1', context: 'app', keys: ['alt+1'], label: 'Requirements'},
	{action: 'pane.focus.2', context: 'app', keys: ['alt+2'], label: 'Design'},
	{action: 'pane.focus.3', context: 'app', keys: ['alt+3'], label: 'Tasks'},
	{action: 'pane.focus.4', context: 'app', keys: ['alt+4'], label: 'Chat'},
	{action: 'pane.focus.5', context: 'app', keys: ['alt+5'], label: 'Tests'},
] as const satisfies readonly Binding[];

const prompt = [
	{action: 'prompt.send', context: 'prompt', keys: ['enter'], label: 'send', hint: 10},
	{action: 'prompt.newline', context: 'prompt', keys: ['ctrl+j', 'shift+enter', 'alt+enter'], label: 'newline', hint: 40},
	{action: 'prompt.tab', context: 'prompt', keys: ['tab'], label: 'next pane', hint: 20},
	{action: 'prompt.escape', context: 'prompt', keys: ['escape'], label: 'back'},
	{action: 'prompt.editor', context: 'prompt', keys: ['ctrl+g'], label: 'editor', hint: 60},
	{action: 'prompt.take-back', context: 'prompt', keys: ['alt+up'], label: 'edit the queued message'},
	{action: 'prompt.exit', context: 'prompt', keys: ['ctrl+d'], label: 'exit when empty, else delete'},
	{action: 'history.search', context: 'prompt', keys: ['ctrl+r'], label: 'search history'},
	{action: 'history.older', context: 'prompt', keys: ['ctrl+p'], label: 'older message'},
	{action: 'history.newer', context: 'prompt', keys: ['ctrl+n'], label: 'newer message'},
	{action: 'reading.page-up', context: 'prompt', keys: ['pageup'], label: 'scroll up'},
	{action: 'reading.page-down', context: 'prompt', keys: ['pagedown'], label: 'scroll down'},
	{action: 'reading.top', context: 'prompt', keys: ['ctrl+home'], label: 'to the top'},
	{action: 'reading.bottom', context: 'prompt', keys: ['ctrl+end'], label: 'to the end'},
	{action: 'edit.up', context: 'prompt', keys: ['up'], label: 'line up, at the edge older message'},
	{action: 'edit.down', context: 'prompt', keys: ['down'], label: 'line down, at the edge newer message'},
	{action: 'edit.left', context: 'prompt', keys: ['left', 'ctrl+b'], label: 'left'},
	{action: 'edit.right', context: 'prompt', keys: ['right', 'ctrl+f'], label: 'right'},
	{action: 'edit.word-left', context: 'prompt', keys: ['alt+b', 'alt+left', 'ctrl+left'], label: 'word left'},
	{action: 'edit.word-right', context: 'prompt', keys: ['alt+f', 'alt+right', 'ctrl+right'], label: 'word right'},
	{action: 'edit.line-start', context: 'prompt', keys: ['ctrl+a', 'home'], label: 'start of the line'},
	{action: 'edit.line-end', context: 'prompt', keys: ['ctrl+e', 'end'], label: 'end of the line'},
	{action: 'edit.backspace', context: 'prompt', keys: ['backspace', 'shift+backspace'], label: 'delete left'},
	{action: 'edit.delete', context: 'prompt', keys: ['delete'], label: 'delete right'},
	{action: 'edit.delete-word-left', context: 'prompt', keys: ['ctrl+w', 'alt+backspace', 'ctrl+backspace'], label: 'delete word left'},
	{action: 'edit.delete-word-right', context: 'prompt', keys: ['alt+d', 'alt+delete', 'ctrl+delete'], label: 'delete word right'},
	{action: 'edit.kill-to-start', context: 'prompt', keys: ['ctrl+u'], label: 'cut to the start of the line'},
	{action: 'edit.kill-to-end', context: 'prompt', keys: ['ctrl+k'], label: 'cut to the end of the line'},
	{action: 'edit.yank', context: 'prompt', keys: ['ctrl+y'], label: 'put back what was cut'},
	{action: 'prompt.steer', context: 'running', keys: ['enter'], label: 'steer', hint: 11},
	{action: 'turn.interrupt', context: 'running', keys: ['escape'], label: 'interrupt', hint: 12},
	{action: 'menu.take', context: 'menu', keys: ['enter'], label: 'take', hint: 1},
	{action: 'menu.complete', context: 'menu', keys: ['tab'], label: 'complete', hint: 2},
	{action: 'menu.previous', context: 'menu', keys: ['up', 'ctrl+p'], label: 'previous'},
	{action: 'menu.next', context: 'menu', keys: ['down', 'ctrl+n'], label: 'next'},
	{action: 'menu.close', context: 'menu', keys: ['escape'], label: 'close', hint: 3},
] as const satisfies readonly Binding[];

const leader = [
	{action: 'pane.focus.1', context: 'leader', keys: ['1'], label: 'Requirements', hint: 1},
	{action: 'pane.focus.2', context: 'leader', keys: ['2'], label: 'Design', hint: 2},
	{action: 'pane.focus.3', context: 'leader', keys: ['3'], label: 'Tasks', hint: 3},
	{action: 'pane.focus.4', context: 'leader', keys: ['4'], label: 'Chat', hint: 4},
	{action: 'pane.focus.5', context: 'leader', keys: ['5'], label: 'Tests', hint: 5},
	{action: 'pane.next', context: 'leader', keys: ['n'], label: 'next pane', hint: 20},
	{action: 'pane.previous', context: 'leader', keys: ['p'], label: 'previous pane', hint: 21},
	{action: 'pane.zoom', context: 'leader', keys: ['z'], label: 'zoom', hint: 12},
	{action: 'pane.toggle-side', context: 'leader', keys: ['b'], label: 'side pane', hint: 22},
	{action: 'pane.divider-left', context: 'leader', keys: ['<'], label: 'divider left'},
	{action: 'pane.divider-right', context: 'leader', keys: ['>'], label: 'divider right'},
	{action: 'chat.transcript', context: 'leader', keys: ['o'], label: 'transcript', hint: 23},
	{action: 'tasks.toggle', context: 'leader', keys: ['t'], label: 'tasks', hint: 24},
	{action: 'tests.run', context: 'leader', keys: ['r'], label: 'run tests', hint: 10},
	{action: 'tests.skip', context: 'leader', keys: ['x'], label: 'stop the test run', hint: 27},
	{action: 'task.start-next', context: 'leader', keys: ['s'], label: 'start next task', hint: 8},
	{action: 'artifact.approve', context: 'leader', keys: ['a'], label: 'approve', hint: 7},
	{action: 'artifact.diff', context: 'leader', keys: ['d'], label: 'diff', hint: 9},
	{action: 'artifact.edit', context: 'leader', keys: ['e'], label: 'edit', hint: 11},
	{action: 'pane.search', context: 'leader', keys: ['/'], label: 'search', hint: 25},
	{action: 'stage.choose', context: 'leader', keys: ['g'], label: 'go to stage', hint: 13},
	{action: 'vibe.toggle', context: 'leader', keys: ['v'], label: 'vibe', hint: 14},
	{action: 'model.choose', context: 'leader', keys: ['m'], label: 'model', hint: 26},
	{action: 'chat.copy-answer', context: 'leader', keys: ['y'], label: 'copy answer', hint: 29},
	{action: 'task.undo', context: 'leader', keys: ['u'], label: 'undo task', hint: 15},
	{action: 'matrix.show', context: 'leader', keys: ['c'], label: 'matrix', hint: 28},
	{action: 'app.help', context: 'leader', keys: ['?'], label: 'keys', hint: 30},
	{action: 'app.commands', context: 'leader', keys: ['ctrl+x'], label: 'commands', hint: 16},
	{action: 'prompt.editor', context: 'leader', keys: ['ctrl+e'], label: 'prompt in editor'},
	{action: 'leader.cancel', context: 'leader', keys: ['escape', 'ctrl+c'], label: 'cancel', hint: 31},
] as const satisfies readonly Binding[];

const pane = [
	{action: 'pane.up', context: 'pane', keys: ['k', 'up'], label: 'line up'},
	{action: 'pane.down', context: 'pane', keys: ['j', 'down'], label: 'line down'},
	{action: 'pane.half-page-up', context: 'pane', keys: ['ctrl+u'], label: 'half a page up'},
	{action: 'pane.half-page-down', context: 'pane', keys: ['ctrl+d'], label: 'half a page down'},
	{action: 'pane.page-up', context: 'pane', keys: ['pageup'], label: 'page up'},
	{action: 'pane.page-down', context: 'pane', keys: ['pagedown'], label: 'page down'},
	{action: 'pane.top', context: 'pane', keys: ['g', 'home'], label: 'to the top'},
	{action: 'pane.bottom', context: 'pane', keys: ['G', 'end'], label: 'to the end'},
	{action: 'pane.scroll-left', context: 'pane', keys: ['<'], label: 'scroll left'},
	{action: 'pane.scroll-right', context: 'pane', keys: ['>'], label: 'scroll right'},
	{action: 'pane.search', context: 'pane', keys: ['/'], label: 'search', hint: 70},
	{action: 'pane.search-next', context: 'pane', keys: ['n'], label: 'next match'},
	{action: 'pane.search-previous', context: 'pane', keys: ['N'], label: 'previous match'},
	{action: 'pane.focus.1', context: 'pane', keys: ['1'], label: 'Requirements'},
	{action: 'pane.focus.2', context: 'pane', keys: ['2'], label: 'Design'},
	{action: 'pane.focus.3', context: 'pane', keys: ['3'], label: 'Tasks'},
	{action: 'pane.focus.4', context: 'pane', keys: ['4'], label: 'Chat'},
	{action: 'pane.focus.5', context: 'pane', keys: ['5'], label: 'Tests'},
	{action: 'pane.next', context: 'pane', keys: ['tab', 'l', 'right'], label: 'next pane, then the prompt'},
	{action: 'pane.previous', context: 'pane', keys: ['h', 'left'], label: 'previous pane'},
	{action: 'stage.previous', context: 'pane', keys: ['['], label: 'previous stage'},
	{action: 'stage.next', context: 'pane', keys: [']'], label: 'next stage'},
	{action: 'pane.zoom', context: 'pane', keys: ['z'], label: 'zoom', hint: 60},
	{action: 'pane.wider', context: 'pane', keys: ['+'], label: 'larger'},
	{action: 'pane.narrower', context: 'pane', keys: ['_'], label: 'smaller'},
	{action: 'pane.open', context: 'pane', keys: ['enter'], label: 'open'},
	{action: 'pane.open-file', context: 'pane', keys: ['o'], label: 'open in the editor'},
	{action: 'pane.copy', context: 'pane', keys: ['y'], label: 'copy', hint: 65},
	{action: 'pane.copy-all', context: 'pane', keys: ['Y'], label: 'copy all'},
	{action: 'app.commands', context: 'pane', keys: [':'], label: 'commands'},
	{action: 'app.help', context: 'pane', keys: ['?'], label: 'keys', hint: 90},
	{action: 'pane.leave', context: 'pane', keys: ['escape', 'i', 'q'], label: 'prompt', hint: 80},
] as const satisfies readonly Binding[];

export const commonBindings = [...app, ...prompt, ...leader, ...pane] as const;
