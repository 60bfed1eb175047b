package settings

import (
	"fmt"
	"sort"
	"strings"
)

// Write makes the text of a settings file, sorted by key.
func Write(values map[string]string) (string, error) {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	var out strings.Builder
	for _, key := range keys {
		if err := check(key, values[key]); err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "%s = %s\n", key, strings.ReplaceAll(values[key], "${", "$${"))
	}
	return out.String(), nil
}

func check(key, value string) error {
	if key == "" || strings.HasPrefix(key, "#") || strings.ContainsAny(key, "=\n") || key != strings.TrimSpace(key) {
		return fmt.Errorf("not a key: %q", key)
	}
	if strings.Contains(value, "\n") || value != strings.TrimSpace(value) {
		return fmt.Errorf("a file cannot hold the value of %q", key)
	}
	return nil
}
