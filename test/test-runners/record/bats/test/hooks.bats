setup() {
	[ -e /no/database ]
}

@test "fails before its body" {
	true
}
