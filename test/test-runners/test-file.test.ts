import {expect, test} from 'vitest';
import {holdsOwnTests, isTestFile} from '../../source/test-runners/index.ts';

const tests = `
src/a.test.ts src/a.spec.jsx test/a.js __tests__/a.tsx test.mjs test-a.cjs
test_a.py pkg/a_test.py tests.py a_test.go tests/a.rs tests/deep/main.rs
src/test/java/x/CalcTest.java src/test/kotlin/CalcTests.kt src/integrationTest/java/CalcIT.java src/test/groovy/CalcSpec.groovy
Calc.Tests/CalcTests.cs tests/Unit/Calc.php tests/CalcTest.php Tests/CalcTests.swift
spec/calc_spec.rb test/calc_test.rb test/test_calc.rb test/calc_test.exs test/calc_test.dart spec/calc_spec.lua
test/calc.c tests/calc.cpp src/calc_unittest.cc test_calc.cpp test/run.sh calc.bats t/calc.t
`;
const others = `
src/a.ts a.d.ts test/fixtures/a.js test/helpers/a.ts contest.py latest.go tests/common/mod.rs src/lib.rs
src/main/java/x/Latest.java src/main/java/x/KeySpec.java src/test/java/x/Builders.java src/main/java/x/Testimonial.java
lib/calc.rb app/Models/Contest.php src/calc.c src/attest.c run.sh spec/support/calc_spec.rb t/data.txt
`;

test('tests are known by the habits of their language', () => {
	expect(
		tests
			.trim()
			.split(/\s+/)
			.filter(path => !isTestFile(path)),
	).toEqual([]);
	expect(others.trim().split(/\s+/).filter(isTestFile)).toEqual([]);
});

test('tests of Rust may stand beside the code', () => {
	const beside = 'fn a() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn works() {}\n}\n';
	expect(holdsOwnTests('src/lib.rs', beside)).toBe(true);
	expect(holdsOwnTests('src/lib.rs', '#[tokio::test]\nasync fn works() {}\n')).toBe(true);
	expect(holdsOwnTests('src/lib.rs', '// #[test]\nfn a() {}\n#[derive(Debug)]\n#[testable]\nstruct A;\n')).toBe(false);
	expect(holdsOwnTests('src/lib.ts', beside)).toBe(false);
});
