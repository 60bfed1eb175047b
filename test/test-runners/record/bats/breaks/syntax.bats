@test "never runs" {
	if true
}
