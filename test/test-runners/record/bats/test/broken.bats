load gone

@test "never runs" {
	true
}
