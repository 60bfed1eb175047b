package parcel

// NeedsSignature tells whether somebody has to sign for a parcel.
func NeedsSignature(grams int) bool {
	if grams >= 2000 {
		return true
	}
	return false
}

// Label is the line that is printed on a parcel.
func Label(name string, grams int) (string, error) {
	if _, err := Price(grams); err != nil {
		return "", err
	}
	if NeedsSignature(grams) {
		return name + " [sign]", nil
	}
	return name, nil
}
