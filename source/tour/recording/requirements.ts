import {calls, ends, records, says, thinks, whenTold} from './blocks.ts';

const document = [
	'# Requirements Document',
	'',
	'## Introduction',
	'',
	'Whoever completes a task with `todo done` gets a desktop notification, so that the news arrives in any window. It uses what Linux, macOS and Windows bring along. Reminders and due dates are left out.',
	'',
	'## Glossary',
	'',
	'- **Todo_CLI**: the `todo` command of this project',
	'- **Notifier**: the program of the system that shows a notification: `notify-send` on Linux, `osascript` on macOS, `powershell` on Windows',
	'',
	'## Requirements',
	'',
	'### Requirement 1: A notification for each completed task',
	'',
	'**User Story:** As someone with many windows open, I want a notification when a task completes, so that I need not watch the terminal.',
	'',
	'#### Acceptance Criteria',
	'',
	'1. WHEN `todo done` completes a task, THE Todo_CLI SHALL send one notification with the title `Task done` and the text of the task.',
	'2. WHERE the platform is Linux, macOS or Windows, THE Todo_CLI SHALL use the Notifier of that platform and install nothing.',
	'3. THE Todo_CLI SHALL hand the text of a task to the Notifier as data, never as an option, a shell command or a script.',
	'',
	'### Requirement 2: Never in the way',
	'',
	'**User Story:** As someone on a server without a desktop, I want `todo done` to work as before, so that a notification never costs me a task.',
	'',
	'#### Acceptance Criteria',
	'',
	'1. IF the Notifier is missing, unknown or fails, THEN THE Todo_CLI SHALL keep the task completed, print `No notification: ` and the reason to standard error, and exit with 0.',
	'2. IF the Notifier has not ended after 5 seconds, THEN THE Todo_CLI SHALL stop it and treat it as failed.',
	'',
	'## Assumptions',
	'',
	'- A1. A task that another program completes in `todo.json` needs no notification; otherwise something has to keep running.',
	'- A2. Nobody needs to switch notifications off; otherwise a setting is missing.',
	'',
].join('\n');

/** The criterion that the person adds by hand on the way. */
export const handEdit = {
	document: 'requirements',
	after: '3. THE Todo_CLI SHALL hand the text of a task to the Notifier as data, never as an option, a shell command or a script.',
	line: '4. WHERE the variable `TODO_QUIET` is set, THE Todo_CLI SHALL complete tasks without a notification.',
} as const;

/** The requirements, and what the hand edit means for them. */
export const requirements = records('requirements', [
	[
		thinks('Three platforms, three notifiers, each with its own traps: options, AppleScript, PowerShell. And a server has none of them.'),
		says(
			'`done` in `src/cli.js` is the one place where a task completes, and the project has no dependencies. Each system brings a notifier along, so none is needed.',
		),
		calls('write_document', {document: 'requirements', content: document}),
		ends('Look at 2.1 first: a missing notifier costs a line on standard error, never the task. Two assumptions wait for you at the end.'),
	],
	whenTold(`+${handEdit.line}`, [
		says('You added 1.4, a way to be quiet. That settles A2, which said that nobody needs one.'),
		calls('edit_document', {
			document: 'requirements',
			old_text:
				'otherwise something has to keep running.\n- A2. Nobody needs to switch notifications off; otherwise a setting is missing.\n',
			new_text: 'otherwise something has to keep running.\n',
		}),
		ends('A2 is gone, and 1.4 stands as you wrote it. The rest fits: with `TODO_QUIET` set there is nothing that could fail under 2.1.'),
	]),
]);
