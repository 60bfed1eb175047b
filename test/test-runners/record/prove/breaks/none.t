use Test::More skip_all => 'later';
