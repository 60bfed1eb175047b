mod outer {
    mod inner {
        /// [2.1] in a comment
        #[test]
        fn nested() {
            assert_eq!(vec![1], vec![2]);
        }
    }
    mod twin {
        #[test]
        fn nested() {}
    }
}

#[test]
fn ünïcödé() {}

#[test]
fn not_written_yet() {
    todo!()
}

#[test]
fn ends_with_an_error() -> Result<(), String> {
    Err("no database".into())
}

#[test]
fn prints_much() {
    for line in 0..300 {
        println!("line {line} of a test that prints much");
    }
}
