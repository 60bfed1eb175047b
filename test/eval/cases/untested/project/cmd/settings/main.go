// Command settings prints one value of a settings file.
package main

import (
	"fmt"
	"os"

	"example.org/settings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: settings <file> <key>")
		os.Exit(2)
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	values, err := settings.Parse(string(text))
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
	value, ok := values[os.Args[2]]
	if !ok {
		fmt.Fprintf(os.Stderr, "%s: no key %q\n", os.Args[1], os.Args[2])
		os.Exit(1)
	}
	fmt.Println(value)
}
