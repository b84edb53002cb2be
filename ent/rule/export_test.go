package rule

import (
	"context"

	"adam/internal/term"

	entgo "entgo.io/ent"
)

// MutateWriters runs a test with each rule of writing taken away (nobody may) and each turned into its opposite
// (everybody may), one at a time.
func MutateWriters(run func(name string)) {
	for kind, rule := range writers {
		writers[kind] = nil
		run(kind.Name() + ": nobody writes")
		writers[kind] = func(context.Context, mutation) error { return nil }
		run(kind.Name() + ": everybody writes")
		writers[kind] = rule
	}
}

// MutateOwners does the same with each rule of owning.
func MutateOwners(run func(name string)) {
	for i, o := range owners {
		owners[i].owned = func(Seer, string) string { return "FALSE" }
		if o.kind != term.KindState {
			run(o.kind.Name() + ": owned by nobody")
		}
		owners[i].owned = func(Seer, string) string { return EveryRow }
		run(o.kind.Name() + ": owned by everybody")
		owners[i] = o
	}
}

// PartsWritten names the kinds that people may write.
func PartsWritten() []string {
	var out []string
	for kind := range writers {
		out = append(out, kind.Name())
	}
	return out
}

var _ entgo.Policy = policy{}
