/** Something that a person must put right: the message says what happened, `nextStep` what to do now, `cause` why. */
export class UserError extends Error {
	readonly nextStep: string;
	/** The exit code a headless run ends with; the table is in the README. */
	readonly exitCode: number;

	constructor(message: string, options: {readonly nextStep: string; readonly cause?: unknown; readonly exitCode?: number}) {
		super(message, {cause: options.cause});
		this.name = 'UserError';
		this.nextStep = options.nextStep;
		this.exitCode = options.exitCode ?? 1;
	}
}
