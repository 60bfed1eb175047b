#!/usr/bin/env node
import {argv, env} from 'node:process';
import {run} from '../src/cli.js';

process.exitCode = await run(argv.slice(2), {
	file: env.TODO_FILE ?? 'todo.json',
	print: line => console.log(line),
	printError: line => console.error(line),
});
