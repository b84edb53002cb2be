package seed

import (
	"slices"
	"strings"

	"adam/internal/term"
)

// circles refuses a record that leads back to itself: such a chain has no first link, and whoever walks it never ends.
func (c *checker) circles() {
	circle(c, LawsFile, "replaced_by", c.f.Laws, func(l Law) (string, *string) { return l.Key, l.ReplacedBy })
	circle(c, ActorsFile, "parent", c.f.Actors, func(a Actor) (string, *string) { return a.Key, a.Parent })
	circle(c, ActivitiesFile, "phase_of", c.f.Activities, func(a Activity) (string, *string) { return a.Key, a.PhaseOf })
	circle(c, ActivitiesFile, "follows", c.f.Activities, func(a Activity) (string, *string) { return a.Key, a.Follows })
}

// circle reports each circle once, at the record where a walk in the order of the file meets it.
func circle[T any](c *checker, file, field string, list []T, link func(T) (key string, next *string)) {
	next := map[string]string{}
	for _, item := range list {
		if key, n := link(item); n != nil {
			next[key] = *n
		}
	}
	done := set{}
	for _, item := range list {
		start, _ := link(item)
		path := []string{start}
		for at := start; next[at] != "" && !done[at]; {
			done[at] = true
			at = next[at]
			if i := slices.Index(path, at); i >= 0 {
				c.file, c.record = file, path[i]
				c.bad(field, "leads back to itself: %s; take one link out", strings.Join(append(path[i:], at), ", then "))
				break
			}
			path = append(path, at)
		}
	}
}

// positive says whether text is a plain decimal number above zero.
func positive(s string) bool {
	_, err := term.ParseDecimal(s)
	return err == nil && !strings.HasPrefix(s, "-") && strings.ContainsAny(s, "123456789")
}
