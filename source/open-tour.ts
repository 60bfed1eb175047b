import {killAll} from './process/run.ts';
import {screenOptions} from './screen-options.ts';
import {openSession} from './session/session.ts';
import {followSteps, tourCommands} from './tour/follow-steps.ts';
import {prepareTour} from './tour/prepare-tour.ts';
import {type TourOptions, tourSessionOptions} from './tour/run-tour.ts';
import {runTui} from './tui/run-tui.tsx';

/** Between two pieces of a recorded answer, in milliseconds: about as fast as a quick model speaks. */
const paceMs = 12;

/** Opens the recorded tour in the terminal: the person presses the keys, or lets it play. Resolves with the exit code. */
export async function openTour(options: TourOptions): Promise<number> {
	const folder = await prepareTour(options);
	const sessionOptions = tourSessionOptions({...options, delayMs: paceMs}, folder);
	const session = await openSession(sessionOptions);
	const stop = new AbortController();
	try {
		const tour = followSteps(session, stop.signal);
		const screen = await screenOptions(session, sessionOptions);
		const code = await runTui({
			...screen,
			session: {store: session.store, send: tour.send},
			commands: [...screen.commands, ...tourCommands],
			stdin: process.stdin,
			stdout: process.stdout,
			home: {version: options.version, ways: []},
			guide: tour,
			farewell: () => 'That was the tour, on a recorded model. In your own project: kiro-tui',
		});
		return code === 0 ? tour.exitCode() : code;
	} finally {
		stop.abort();
		await session.close();
		killAll();
		await folder.close();
	}
}
