// Package settings reads and writes small settings files.
package settings

import (
	"fmt"
	"strings"
)

type entry struct {
	line int
	raw  string
}

// Parse reads the text of a settings file and resolves its references.
func Parse(text string) (map[string]string, error) {
	entries := map[string]entry{}
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
		entries[key] = entry{i + 1, strings.TrimSpace(line[at+1:])}
	}
	r := resolver{entries, map[string]string{}, map[string]bool{}}
	for key := range entries {
		if _, err := r.value(key); err != nil {
			return nil, err
		}
	}
	return r.values, nil
}
