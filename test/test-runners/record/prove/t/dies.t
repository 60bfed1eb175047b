use Test::More tests => 3;
pass('before');
die 'no database';
