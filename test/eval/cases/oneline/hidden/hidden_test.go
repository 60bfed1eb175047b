package parcel

import "testing"

func price(t *testing.T, grams, want int) {
	t.Helper()
	got, err := Price(grams)
	if err != nil || got != want {
		t.Errorf("Price(%d) = %d, %v; want %d", grams, got, err, want)
	}
}

func TestHiddenPrice(t *testing.T) {
	t.Run("two kilos are small", func(t *testing.T) { price(t, 2000, 390) })
	t.Run("just under two kilos is small", func(t *testing.T) { price(t, 1999, 390) })
	t.Run("just over two kilos is medium", func(t *testing.T) { price(t, 2001, 690) })
	t.Run("ten kilos are medium and more is large", func(t *testing.T) {
		price(t, 10000, 690)
		price(t, 10001, 1290)
	})
	t.Run("thirty kilos are large and more is refused", func(t *testing.T) {
		price(t, 30000, 1290)
		if _, err := Price(30001); err == nil {
			t.Error("30001 g: want an error")
		}
	})
	t.Run("no weight is refused", func(t *testing.T) {
		if _, err := Price(0); err == nil {
			t.Error("0 g: want an error")
		}
	})
}

func TestHiddenSignature(t *testing.T) {
	t.Run("[trap] two kilos are still signed for", func(t *testing.T) {
		if !NeedsSignature(2000) {
			t.Error("NeedsSignature(2000) = false")
		}
	})
	t.Run("just under two kilos is not signed for", func(t *testing.T) {
		if NeedsSignature(1999) {
			t.Error("NeedsSignature(1999) = true")
		}
	})
	t.Run("[trap] the label of two kilos still asks for a signature", func(t *testing.T) {
		got, err := Label("Ada", 2000)
		if err != nil || got != "Ada [sign]" {
			t.Errorf("Label = %q, %v", got, err)
		}
	})
}
