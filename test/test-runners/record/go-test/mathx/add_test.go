package mathx

import "testing"

func TestAdd(t *testing.T) {
	t.Run("[1.1] adds two numbers", func(t *testing.T) {
		if Add(1, 2) != 3 {
			t.Error("no")
		}
	})
	t.Run("negatives", func(t *testing.T) {
		if got := Add(1, -2); got != 1 {
			t.Errorf("Add(1, -2) = %d, want 1", got)
		}
	})
}

func TestLater(t *testing.T) { t.Skip("later") }

func TestPasses(t *testing.T) { t.Log("hello") }

func TestPanics(t *testing.T) {
	var m map[string]int
	m["a"] = 1
}

func TestNeverReached(t *testing.T) {}
