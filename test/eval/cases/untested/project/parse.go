// Package settings reads and writes small settings files.
package settings

import (
	"fmt"
	"strings"
)

// Parse reads the text of a settings file.
func Parse(text string) (map[string]string, error) {
	values := map[string]string{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.Index(line, "=")
		if at < 0 {
			return nil, fmt.Errorf("line %d: no \"=\" in %q", i+1, line)
		}
		key := strings.TrimSpace(line[:at])
		if key == "" {
			return nil, fmt.Errorf("line %d: no key in %q", i+1, line)
		}
		values[key] = strings.TrimSpace(line[at+1:])
	}
	return values, nil
}
