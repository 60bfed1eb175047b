package settings

import (
	"reflect"
	"strings"
	"testing"
)

func value(t *testing.T, text, key, want string) {
	t.Helper()
	values, err := Parse(text)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	if values[key] != want {
		t.Errorf("%s = %q, want %q", key, values[key], want)
	}
}

func refused(t *testing.T, text, prefix string) {
	t.Helper()
	values, err := Parse(text)
	if err == nil {
		t.Fatalf("want an error, got %v", values)
	}
	if !strings.HasPrefix(err.Error(), prefix) {
		t.Errorf("error %q does not begin with %q", err, prefix)
	}
}

func back(t *testing.T, values map[string]string) {
	t.Helper()
	text, err := Write(values)
	if err != nil {
		t.Fatalf("Write: %v", err)
	}
	got, err := Parse(text)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	if !reflect.DeepEqual(got, values) {
		t.Errorf("got %v, want %v", got, values)
	}
}

func TestHiddenReferences(t *testing.T) {
	t.Run("a reference is replaced as often as it occurs", func(t *testing.T) {
		value(t, "a = x\nb = <${a}-${a}>", "b", "<x-x>")
	})
	t.Run("the other key may stand further down", func(t *testing.T) {
		value(t, "b = ${a}/log\n\na = /srv", "b", "/srv/log")
	})
	t.Run("values that are referred to may have references", func(t *testing.T) {
		value(t, "c = ${b}!\nb = ${a}${a}\na = x", "c", "xx!")
	})
	t.Run("two dollars and a brace stand for a plain one", func(t *testing.T) {
		value(t, "a = x\nb = $${a} ${a}", "b", "${a} x")
	})
	t.Run("[trap] a plain reference stays plain where it is brought in", func(t *testing.T) {
		value(t, "a = x\nb = $${a}\nc = ${b}", "c", "${a}")
	})
	t.Run("a dollar without a brace stays", func(t *testing.T) {
		value(t, "price = 5$ or $5, $$ and {a}", "price", "5$ or $5, $$ and {a}")
	})
	t.Run("[trap] of a key that is set twice the last value counts", func(t *testing.T) {
		value(t, "a = old\nb = ${a}\na = new", "b", "new")
	})
}

func TestHiddenErrors(t *testing.T) {
	t.Run("an unknown name is an error with the line", func(t *testing.T) {
		refused(t, "a = x\n\nb = ${nothing}", "line 3: ")
	})
	t.Run("[trap] circles are errors with a line", func(t *testing.T) {
		refused(t, "# self\na = x${a}", "line 2: ")
		refused(t, "a = ${b}\nb = ${c}\nc = ${a}", "line ")
	})
	t.Run("a missing brace is an error with the line", func(t *testing.T) {
		refused(t, "a = x\nb = ${a", "line 2: ")
	})
	t.Run("a line without an equals sign is still an error", func(t *testing.T) {
		refused(t, "a = x\nport", "line 2: no \"=\" in \"port\"")
	})
}

func TestHiddenWrite(t *testing.T) {
	t.Run("[trap] what looks like a reference is read back the same", func(t *testing.T) {
		back(t, map[string]string{"a": "x", "b": "${a}", "c": "${", "d": "${a}${b}"})
	})
	t.Run("[trap] dollars in front of a brace are read back the same", func(t *testing.T) {
		back(t, map[string]string{"a": "$${a}", "b": "$$${", "c": "cost $5 $$"})
	})
	t.Run("ordinary values are written as before", func(t *testing.T) {
		got, err := Write(map[string]string{"b": "5$", "a": "x = y"})
		if err != nil || got != "a = x = y\nb = 5$\n" {
			t.Errorf("Write = %q, %v", got, err)
		}
	})
}
