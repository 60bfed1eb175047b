import type {SpecState} from '../../protocol/state.ts';
import {UserError} from '../../protocol/user-error.ts';
import {nearest} from '../../spec/nearest.ts';
import type {Task} from '../../spec/tasks.ts';
import type {Services} from '../services.ts';

/** The open spec, or a sentence that says how to open one. */
export function requireSpec(services: Services): SpecState {
	const {spec} = services.store.state();
	if (spec === undefined) {
		throw new UserError('No spec is open', {nextStep: 'Open one from home, or type an idea to begin one', exitCode: 2});
	}

	return spec;
}

/** Refuses until a person has said that this folder is trusted. */
export function requireTrust(services: Services): void {
	if (services.store.state().workspace.trust !== 'trusted') {
		throw new UserError('This folder is not trusted, so nothing of it is run and none of its text is sent', {
			nextStep: 'Answer the trust question (/trust), or start with --trust',
			exitCode: 4,
		});
	}
}

/** Refuses while a turn, a task or a test run is at work. */
export function requireIdle(services: Services): void {
	if (services.work !== undefined) {
		throw new UserError(`${services.work.label} is still running`, {nextStep: 'Wait for it, or press Esc to interrupt it'});
	}
}

/** Refuses without a model, and says how to get one. */
export function requireModel(services: Services): NonNullable<Services['options']['model']> {
	const {model} = services;
	if (model === undefined) {
		throw new UserError('There is no key for a model service', {
			nextStep:
				'Set ANTHROPIC_API_KEY, or ANTHROPIC_BASE_URL for another or a local server, and start again; "kiro-tui demo" needs neither',
			exitCode: 7,
		});
	}

	return model;
}

/** A task of the open spec by its printed number or id; an unknown one is answered with the nearest. */
export function requireTask(spec: SpecState, id: string): Task {
	const {tasks} = spec.tasks;
	const found = tasks.find(task => task.id === id) ?? tasks.find(task => task.number === id);
	if (found !== undefined) {
		return found;
	}

	const near = nearest(
		id,
		tasks.map(task => task.number ?? task.id),
	);
	throw new UserError(`${spec.name} has no task ${id}`, {
		nextStep: near.length === 0 ? 'tasks.md holds no tasks yet' : `Nearest: ${near.join(', ')}`,
		exitCode: 2,
	});
}
