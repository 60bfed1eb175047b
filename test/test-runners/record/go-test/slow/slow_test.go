package slow

import (
	"testing"
	"time"
)

func TestFast(t *testing.T) {}

func TestTimesOut(t *testing.T) { time.Sleep(20 * time.Second) }
