use strict;
use Gone;
