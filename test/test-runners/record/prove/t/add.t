use strict;
use warnings;
use utf8;
use Test::More;
binmode(Test::More->builder->$_, ':encoding(UTF-8)') for qw(output failure_output todo_output);

ok(1 + 2 == 3, '[1.1] adds two numbers');
is(1 + -2, 1, '[1.2] adds negatives');
subtest 'outer' => sub {
	subtest 'inner' => sub {
		is_deeply([1], [2], 'nested [2.1]');
	};
	pass('ünïcödé 日本語');
};
pass('regex (a|b)* $1? # \\d+ [2.2]');
pass('same name') for 1 .. 2;
SKIP: {
	skip 'later', 1;
}
TODO: {
	local $TODO = 'one day';
	fail('not yet');
}
note("line $_ of a test that prints much") for 1 .. 300;
done_testing;
