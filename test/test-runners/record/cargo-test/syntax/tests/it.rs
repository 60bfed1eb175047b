#[test]
fn never_runs() {
