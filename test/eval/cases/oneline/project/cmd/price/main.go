// Command price prints the price of a parcel.
package main

import (
	"fmt"
	"os"
	"strconv"

	"example.org/parcel"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: price <grams>")
		os.Exit(2)
	}
	grams, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "not a number of grams:", os.Args[1])
		os.Exit(2)
	}
	cents, err := parcel.Price(grams)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d.%02d\n", cents/100, cents%100)
}
