import {expect, test} from 'vitest';
import type {TestCase} from '../../source/protocol/test-report.ts';
import {sourceDigests} from '../../source/session/test-source.ts';

const files = (text: string) => ({read: async () => text, list: async () => []});
const named = (name: string): TestCase => ({id: `t.py > ${name}`, name, file: 't.py', status: 'failed'}) as TestCase;
const of = async (text: string, name: string) => (await sourceDigests(files(text), [named(name)])).get(`t.py > ${name}`);

const python = (value: number) => `import pytest

class TestLines:
    @pytest.mark.parametrize("text", ["a", "b::c", "d[0]"])
    def test_value(self, text):
        """[1.2]"""
        assert text

def test_other():
    assert ${value}
`;

test('the digest of a test is that of its own source, whatever parameters it was run with', async () => {
	const names = ['TestLines::test_value[a] [1.2]', 'TestLines::test_value[b::c] [1.2]', 'TestLines::test_value[d[0]] [1.2] [1.3]'];
	const before = await Promise.all(names.map(name => of(python(1), name)));
	expect(new Set(before).size).toBe(1);
	expect(await of(python(2), names[0] ?? '')).toBe(before[0]);
	expect(await of(python(2), 'test_other')).not.toBe(await of(python(1), 'test_other'));
});
