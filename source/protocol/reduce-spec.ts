import {parseTasks} from '../spec/tasks.ts';
import type {Event} from './event.ts';
import type {ArtifactState, SpecState, State} from './state.ts';

type ArtifactChanged = Extract<Event, {type: 'artifact.changed'}>;

function changeArtifact(spec: SpecState, event: ArtifactChanged): SpecState {
	const {[event.artifact]: previous, ...others} = spec.artifacts;
	if (event.text === undefined) {
		return {
			...spec,
			artifacts: others,
			...(event.artifact === 'tasks' && {tasks: parseTasks(''), textHashes: {}}),
			...(event.artifact === 'requirements' && {criterionHashes: {}}),
		};
	}

	const changed: ArtifactState = {
		text: event.text,
		digest: event.digest ?? '',
		approvalDigest: event.approvalDigest ?? event.digest ?? '',
		by: event.by,
		changedLines: event.changedLines,
		revision: previous?.digest === event.digest ? (previous?.revision ?? 1) : (previous?.revision ?? 0) + 1,
	};
	return {
		...spec,
		artifacts: {...others, [event.artifact]: changed},
		...(event.artifact === 'tasks' && {tasks: parseTasks(event.text), textHashes: event.textHashes ?? {}}),
		...(event.artifact === 'requirements' && {
			isBugfix: event.isBugfix ?? false,
			criterionHashes: event.criterionHashes ?? {},
		}),
	};
}

function streamArtifact(spec: SpecState, event: Extract<Event, {type: 'artifact.streamed'}>): SpecState {
	const blank: ArtifactState = {text: '', digest: '', approvalDigest: '', by: 'agent', changedLines: [], revision: 0};
	const current = spec.artifacts[event.artifact] ?? blank;
	return {...spec, artifacts: {...spec.artifacts, [event.artifact]: {...current, streaming: event.text}}};
}

function openSpec(event: Extract<Event, {type: 'spec.opened'}>): SpecState {
	return {
		name: event.name,
		path: event.path,
		isOnly: event.isOnly,
		isBugfix: false,
		stage: event.stage,
		artifacts: {},
		tasks: parseTasks(''),
		textHashes: {},
		criterionHashes: {},
		ledger: [],
		links: [],
		changedFiles: {},
		approvedTexts: {},
		missingMentions: [],
	};
}

function endStreaming(spec: SpecState): SpecState {
	const settled = Object.entries(spec.artifacts)
		.filter(([, artifact]) => artifact.streaming === undefined || artifact.digest !== '')
		.map(([name, {streaming: _, ...artifact}]) => [name, artifact]);
	return {...spec, artifacts: Object.fromEntries(settled)};
}

/** The open spec: its documents as they are on disk, its ledger, its stage. */
export function reduceSpec(state: State, event: Event): State {
	if (event.type === 'spec.opened') {
		return {...state, spec: openSpec(event)};
	}

	if (state.spec === undefined) {
		return state;
	}

	switch (event.type) {
		case 'spec.closed': {
			const {spec: _, current: __, ...rest} = state;
			return {...rest, files: []};
		}

		case 'artifact.changed': {
			return {...state, spec: changeArtifact(state.spec, event)};
		}

		case 'artifact.streamed': {
			return {...state, spec: streamArtifact(state.spec, event)};
		}

		case 'turn.finished':
		case 'answer.restarted': {
			return {...state, spec: endStreaming(state.spec)};
		}

		case 'approval.text-loaded': {
			return {...state, spec: {...state.spec, approvedTexts: {...state.spec.approvedTexts, [event.stage]: event.text}}};
		}

		case 'mentions.checked': {
			return {...state, spec: {...state.spec, missingMentions: event.missing}};
		}

		case 'ledger.read': {
			return {...state, spec: {...state.spec, ledger: event.entries}};
		}

		case 'ledger.appended': {
			return {...state, spec: {...state.spec, ledger: [...state.spec.ledger, event.entry]}};
		}

		case 'evidence.read': {
			return {...state, spec: {...state.spec, links: event.links, changedFiles: event.changedFiles}};
		}

		case 'stage.entered': {
			return {...state, spec: {...state.spec, stage: event.stage}};
		}

		default: {
			return state;
		}
	}
}
