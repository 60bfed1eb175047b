console.log('no tests of node:test here');
