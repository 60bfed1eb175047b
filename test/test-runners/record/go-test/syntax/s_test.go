package syntax

import "testing"

func TestNever(t *testing.T) {
