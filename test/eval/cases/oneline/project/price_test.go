package parcel

import "testing"

func TestPrice(t *testing.T) {
	for grams, want := range map[int]int{1: 390, 1500: 390, 5000: 690, 10000: 690, 20000: 1290, 30000: 1290} {
		got, err := Price(grams)
		if err != nil || got != want {
			t.Errorf("Price(%d) = %d, %v; want %d", grams, got, err, want)
		}
	}
}

func TestPriceErrors(t *testing.T) {
	for _, grams := range []int{-1, 0, 30001} {
		if _, err := Price(grams); err == nil {
			t.Errorf("Price(%d): want an error", grams)
		}
	}
}

func TestLabel(t *testing.T) {
	got, err := Label("Ada", 3000)
	if err != nil || got != "Ada [sign]" {
		t.Errorf("Label = %q, %v", got, err)
	}
	got, err = Label("Ada", 300)
	if err != nil || got != "Ada" {
		t.Errorf("Label = %q, %v", got, err)
	}
}
