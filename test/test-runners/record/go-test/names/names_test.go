package names

import (
	"errors"
	"fmt"
	"testing"
)

func TestOuter(t *testing.T) {
	t.Run("inner", func(t *testing.T) {
		t.Run("nested [2.1]", func(t *testing.T) {
			t.Errorf("got %v, want %v", []int{1}, []int{2})
		})
		t.Run("regex (a|b)* $1? [2.2]", func(t *testing.T) {})
		t.Run("ünïcödé 日本語", func(t *testing.T) {})
		t.Run("same name", func(t *testing.T) {})
		t.Run("same name", func(t *testing.T) {})
	})
}

// [2.3] in a comment
func TestFatal(t *testing.T) {
	t.Fatal(errors.New("not implemented"))
}

func TestSilent(t *testing.T) { t.Fail() }

func TestPrintsMuch(t *testing.T) {
	for line := 0; line < 300; line++ {
		fmt.Println("line", line, "of a test that prints much")
	}
}
