#[test]
fn works() {
    assert!(calc_kit::add(1, 1) == 2);
}
