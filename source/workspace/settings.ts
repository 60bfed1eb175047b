import {join} from 'node:path';
import type {Rule} from '../protocol/permission.ts';
import {readSettingsFile} from './settings-file.ts';
import {type Price, projectSettingsFields, type UserSettings, userSettingsFields} from './settings-schema.ts';
import {changeWorkspaceRecord, readWorkspaceRecord} from './workspace-record.ts';

export type Settings = {
	/** From the user and, only `ask` and `deny`, from the project. */
	readonly rules: readonly Rule[];
	/** How often new failures go back to the agent before a person is asked. */
	readonly repairRounds: number;
	readonly tests: {readonly scope: 'all' | 'affected'; readonly timeoutMs: number; readonly fullUnderMs: number};
	readonly vibe: {readonly tests: 'auto' | 'off'};
	/** Model ids by what they are for. */
	readonly models: NonNullable<UserSettings['models']>;
	/** By model id; US dollars for a million tokens. */
	readonly prices: Readonly<Record<string, Price>>;
	readonly budgetUsd?: number;
	/** A person's own test command for this workspace, else the project's. */
	readonly testCommand?: string;
	/** Codes of spec checks that are switched off. */
	readonly checksOff: readonly string[];
	readonly notifications: boolean;
	/** Whether a commit is offered after each ticked task; nothing is committed unasked. */
	readonly commits: 'off' | 'ask';
	/** Whether costs go into the ledgers of the repository, and not only into the user's state. */
	readonly hasLedgerCosts: boolean;
};

export type SettingsRead = {readonly settings: Settings; readonly problems: readonly string[]};

type ParseRule = (effect: Rule['effect'], text: string, from: Rule['from']) => Rule | {readonly error: string};

type Where = {
	readonly config: string;
	readonly root: string;
	/** Reads the text of a rule and refuses what must not be a rule. */
	readonly parseRule: ParseRule;
};
type RuleTexts = Partial<Record<Rule['effect'], readonly string[] | undefined>>;

type RuleSource = {readonly from: 'user' | 'project'; readonly file: string; readonly parseRule: ParseRule};

function rulesFrom(texts: RuleTexts | undefined, {from, file, parseRule}: RuleSource, problems: string[]): readonly Rule[] {
	const rules: Rule[] = [];
	for (const effect of ['deny', 'ask', 'allow'] as const) {
		for (const text of texts?.[effect] ?? []) {
			const rule = parseRule(effect, text, from);
			if ('error' in rule) {
				problems.push(`${file}: the rule "${text}" is not used: ${rule.error}`);
			} else {
				rules.push(rule);
			}
		}
	}

	return rules;
}

function keepsCostsInLedger({ledger}: UserSettings): boolean {
	return ledger?.costs === true;
}

function commitsOf({commits}: UserSettings): Pick<Settings, 'commits'> {
	return {commits: commits ?? 'off'};
}

/**
 * Reads the user's `settings.json`, what the user decided for this workspace, and the project's `.kiro/tui/settings.json`. A repository may
 * only tighten: its test command, checks switched off, `ask` and `deny` rules count, everything else in it is told as a problem.
 */
export async function readSettings({config, root, parseRule}: Where): Promise<SettingsRead> {
	const userFile = join(config, 'settings.json');
	const projectFile = '.kiro/tui/settings.json';
	const {values: user, problems: userProblems} = await readSettingsFile(userFile, userFile, userSettingsFields);
	const {values: project, problems: projectProblems} = await readSettingsFile(join(root, projectFile), projectFile, projectSettingsFields);
	const loosening = Object.keys(project.rules ?? {}).filter(key => key !== 'ask' && key !== 'deny');
	const {record, problem} = await readWorkspaceRecord(config, root);
	const problems = [
		...userProblems,
		...(problem === undefined ? [] : [problem]),
		...projectProblems,
		...loosening.map(key => `${projectFile}: "rules.${key}" cannot be set here and is ignored`),
	];
	const testCommand = record.testCommand ?? project.testCommand;
	const settings: Settings = {
		rules: [
			...rulesFrom(user.rules, {from: 'user', file: userFile, parseRule}, problems),
			...rulesFrom({allow: record.allow}, {from: 'user', file: 'the rules of this workspace', parseRule}, problems),
			...rulesFrom({deny: project.rules?.deny, ask: project.rules?.ask}, {from: 'project', file: projectFile, parseRule}, problems),
		],
		repairRounds: user.repairRounds ?? 2,
		tests: {scope: user.tests?.scope ?? 'all', timeoutMs: user.tests?.timeoutMs ?? 600_000, fullUnderMs: user.tests?.fullUnderMs ?? 60_000},
		vibe: {tests: user.vibe?.tests ?? 'auto'},
		models: user.models ?? {},
		prices: user.prices ?? {},
		...(user.budgetUsd !== undefined && {budgetUsd: user.budgetUsd}),
		...(testCommand !== undefined && {testCommand}),
		checksOff: [...(user.checks?.off ?? []), ...(project.checks?.off ?? [])],
		notifications: user.notifications ?? true,
		...commitsOf(user),
		hasLedgerCosts: keepsCostsInLedger(user),
	};
	return {settings, problems};
}

/** Remembers a rule that a person allowed always, for this workspace only. */
export async function storeUserRule(config: string, root: string, ruleText: string): Promise<void> {
	await changeWorkspaceRecord(config, root, record => ({...record, allow: [...new Set([...record.allow, ruleText])]}));
}

/** Remembers a person's own test command for this workspace; it still has to be approved before it runs. */
export async function storeTestCommand(config: string, root: string, command: string): Promise<void> {
	await changeWorkspaceRecord(config, root, record => ({...record, testCommand: command}));
}
