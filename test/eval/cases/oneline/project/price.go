// Package parcel knows the prices and the rules of parcels.
package parcel

import "fmt"

const (
	small  = 390
	medium = 690
	large  = 1290
)

// Price is the price of a parcel in cents.
func Price(grams int) (int, error) {
	if grams <= 0 {
		return 0, fmt.Errorf("weight must be positive: %d g", grams)
	}
	if grams > 30000 {
		return 0, fmt.Errorf("too heavy: %d g", grams)
	}
	if grams > 10000 {
		return large, nil
	}
	if grams >= 2000 {
		return medium, nil
	}
	return small, nil
}
