package settings

import (
	"fmt"
	"strings"
)

type resolver struct {
	entries map[string]entry
	values  map[string]string
	open    map[string]bool
}

// value is the value of a key that exists, without references.
func (r *resolver) value(key string) (string, error) {
	if value, ok := r.values[key]; ok {
		return value, nil
	}
	r.open[key] = true
	defer delete(r.open, key)
	e := r.entries[key]
	var out strings.Builder
	rest := e.raw
	for {
		at := strings.Index(rest, "${")
		if at < 0 {
			break
		}
		out.WriteString(rest[:at])
		if at > 0 && rest[at-1] == '$' {
			// The dollar in front is written already; it is the one of the plain "${".
			out.WriteString("{")
			rest = rest[at+2:]
			continue
		}
		end := strings.Index(rest[at:], "}")
		if end < 0 {
			return "", fmt.Errorf("line %d: no \"}\" after \"${\" in %q", e.line, e.raw)
		}
		name := rest[at+2 : at+end]
		if _, ok := r.entries[name]; !ok {
			return "", fmt.Errorf("line %d: no key %q", e.line, name)
		}
		if r.open[name] {
			return "", fmt.Errorf("line %d: %q refers to itself", e.line, name)
		}
		value, err := r.value(name)
		if err != nil {
			return "", err
		}
		out.WriteString(value)
		rest = rest[at+end+1:]
	}
	out.WriteString(rest)
	r.values[key] = out.String()
	return r.values[key], nil
}
