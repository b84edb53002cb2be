package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// valuesOf writes one side of a conflict, field by field.
func valuesOf(side any) string {
	all, ok := side.(map[string]any)
	if !ok {
		return fmt.Sprint(side)
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] != nil {
			out = append(out, fmt.Sprintf("%s: %v", name, all[name]))
		}
	}
	return strings.Join(out, "; ")
}
