add() { echo $(($1 + $2)); }

@test "[1.1] adds two numbers" {
	[ "$(add 1 2)" -eq 3 ]
}

@test "[1.2] adds negatives" {
	run add 1 -2
	[ "$output" -eq 1 ]
}

@test "regex (a|b)* [2.2]" {
	true
}

@test "ünïcödé 日本語 🎉" {
	true
}

@test "a command that is not there" {
	no_such_command_here
}

@test "later" {
	skip "later"
}

@test "times out" {
	sleep 20
}

@test "prints much" {
	for line in $(seq 300); do echo "line $line of a test that prints much"; done
	false
}
