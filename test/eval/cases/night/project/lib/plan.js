'use strict';

/** The names of those who work at `hour` (0 to 23), in the order of the roster. */
function onDuty(people, hour) {
	return people.filter(({shifts}) => shifts.some(({from, to}) => hour >= from && hour < to)).map(({name}) => name);
}

/** For each hour of the day how many work. */
function coverage(people) {
	return Array.from({length: 24}, (_, hour) => onDuty(people, hour).length);
}

/** The hours at which nobody works, as `from-to` texts. */
function gaps(people) {
	const counts = coverage(people);
	const found = [];
	let start;
	for (const [hour, count] of counts.entries()) {
		if (count === 0 && start === undefined) {
			start = hour;
		} else if (count > 0 && start !== undefined) {
			found.push(`${start}-${hour}`);
			start = undefined;
		}
	}

	return found;
}

/** Hours of work of a person. */
function hoursOf(person) {
	return person.shifts.reduce((sum, {from, to}) => sum + (to - from), 0);
}

module.exports = {coverage, gaps, hoursOf, onDuty};
