'use strict';

/** Reads lines `name; from-to, from-to` into people; empty lines and lines that begin with # are left out. */
function parseRoster(text) {
	return text
		.split('\n')
		.filter(line => line.trim() !== '' && !line.startsWith('#'))
		.map(line => {
			const [name, shifts = ''] = line.split(';');
			return {name: name.trim(), shifts: parseShifts(shifts)};
		});
}

/** Reads `8-12, 13-17` into pairs of hours; a shift that ends at or before its start goes over midnight. */
function parseShifts(text) {
	return text
		.split(',')
		.map(part => part.trim())
		.filter(part => part !== '')
		.map(part => {
			const [from, to] = part.split('-').map(Number);
			return {from, to: to <= from ? to + 24 : to};
		});
}

module.exports = {parseRoster, parseShifts};
