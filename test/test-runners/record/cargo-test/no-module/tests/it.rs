mod gone;

#[test]
fn never_runs() {}
