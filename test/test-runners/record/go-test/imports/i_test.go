package imports

import (
	"testing"

	"example.com/calc/gone"
)

func TestNever(t *testing.T) { gone.Now() }
