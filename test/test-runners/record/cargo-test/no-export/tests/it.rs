use calc_kit::missing;

#[test]
fn never_runs() {
    missing();
}
