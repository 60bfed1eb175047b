import {calls, ends, records} from './blocks.ts';

const document = [
	'# Implementation Plan: Notifications',
	'',
	'## Overview',
	'',
	'First what needs no desktop, then starting a notifier, then the command.',
	'',
	'## Tasks',
	'',
	'- [ ] 1. The notifier',
	'  - [ ] 1.1 The command of each platform in `src/notify.js`',
	'    - _Requirements: 1.2, 1.3_',
	'    - _Proof: `test/notify.test.js`: one test a platform, and one with a hostile text_',
	'  - [ ] 1.2 Start it, and stop it when it hangs, in `src/notify.js`',
	'    - _Requirements: 2.2_',
	'    - _Proof: `test/start-notifier.test.js`: fake notifiers alone on PATH_',
	'- [ ] 2. The command',
	'  - [ ] 2.1 Notify from `done` in `src/cli.js`, unless `TODO_QUIET` is set',
	'    - _Requirements: 1.1, 1.4, 2.1_',
	'    - _Proof: `test/cli.test.js`: what arrives at a fake notifier, and what happens without one_',
	'  - [ ]* 2.2 Describe the notification and `TODO_QUIET` in `README.md`',
	'    - _Proof: all tests stay green_',
	'',
].join('\n');

/** The tasks: three that are needed, one that is not. */
export const tasks = records('tasks', [
	[
		calls('write_document', {document: 'tasks', content: document}),
		ends(
			'1.1 carries the risk, three platforms that cannot all be tried here, so it comes first and is tested without starting anything. The README can wait: 2.2 is optional.',
		),
	],
]);
