/// Adds.
///
/// ```
/// assert_eq!(calc_kit::add(1, 2), 3);
/// ```
pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds() {
        assert_eq!(add(1, 2), 3);
    }

    #[test]
    fn negatives() {
        println!("about to fail");
        assert_eq!(add(1, -2), 1, "custom");
    }

    #[test]
    fn panics() {
        let none: Option<i32> = None;
        none.unwrap();
    }

    #[test]
    #[ignore = "slow"]
    fn later() {}

    #[test]
    #[should_panic]
    fn should_have_panicked() {}
}
