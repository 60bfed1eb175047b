import {expect, test} from 'vitest';
import {natureOfError} from '../../source/test-runners/error-nature.ts';

// Printed by @testing-library/dom 10.4, @vue/test-utils 2.4 and supertest 7.3.
test.each([
	'TestingLibraryElementError: Unable to find an accessible element with the role "button" and name "Reset"\n\nHere are the accessible roles:\n',
	'Error: Unable to get [data-test=reset] within: <button>count 0</button>\n    at VueWrapper.get (vue-test-utils.cjs.js:1:1)',
	'Error: expected 200 "OK", got 404 "Not Found"\n    at test (app.test.js:9:4)',
	'Error: expected one of "200, 201", got 404 "Not Found"',
	'Error: expected "location" header field',
	'Error: expected "content-type" matching /json/, got "text/html; charset=utf-8"',
	'Error: expected "x-count" of "2", got "1"',
	'Error: expected { a: 1 } response body, got {}\n    at test (app.test.js:9:4)',
	'Error: expected {\n  a: 1,\n  b: 2\n} response body, got {}\n    at test (app.test.js:9:4)',
	"Error: expected body '<h1>' to match /h2/",
])('%j is an expectation that was not met', text => {
	expect(natureOfError(text)).toEqual({kind: 'assertion', inBody: true});
});

test.each([
	'Error: expected a list',
	'Error: expected 3 arguments',
	'Error: Unable to get the lock',
	'Error: expected { in line 3\n    at parse (parse.js:1:1)\n    at f (x.js:1:1) response body, got ',
	"TypeError: Cannot read properties of null (reading 'click')",
])('%j is an error that was thrown', text => {
	expect(natureOfError(text)).toEqual({kind: 'error', inBody: true});
});
