import fc from 'fast-check';

// The same cases in every run: a failure here is a failure everywhere. Another seed is tried by hand.
fc.configureGlobal({seed: 20_261_125});
