import {expect, test} from 'vitest';
import {findFunctions} from '../../source/test-runners/find-functions.ts';

const tagsOf = (...lines: readonly string[]) =>
	Object.fromEntries(findFunctions(lines.join('\n'), 'py').map(({path, tags}) => [path, tags.join(' ')]));

test('a docstring belongs to its own function alone, however short the ones above are', () => {
	expect(
		tagsOf(
			'def test_raises():',
			'    with pytest.raises(KeyError):',
			'        filled(1).get(2)',
			'',
			'',
			'def test_calls():',
			'    check(1)',
			'',
			'def test_one_line(): check(1)',
			'',
			'def test_own():',
			'    """[2.4]"""',
			'    assert True',
		),
	).toEqual({test_raises: '', test_calls: '', test_one_line: '', test_own: '[2.4]'});
});

test('a docstring is found below a signature of several lines, a blank line and a comment', () => {
	expect(
		tagsOf(
			'def test_long(',
			'    tmp_path: Path,',
			'    values: dict[str, int] = {},',
			') -> None:  # slow',
			'',
			"    r'''Keeps them",
			"    [1.1]'''",
			'def test_bracket(a="(", b=1):  # :(',
			'    "[1.4]"',
			'def test_noted(a, b):',
			'    # [1.2]',
			'    check(a)',
			'    """[1.3]"""',
		),
	).toEqual({test_long: '[1.1]', test_bracket: '[1.4]', test_noted: '[1.2]'});
});
