import type {Services} from '../services.ts';

/** A slash command: `/help`, the palette and completion read the list of these. */
export type Command = {
	readonly name: string;
	/** What follows the name, as help shows it. */
	readonly usage: string;
	readonly summary: string;
	readonly run: (services: Services, argument: string) => Promise<void>;
};
