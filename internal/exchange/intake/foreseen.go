package intake

import (
	"hash/maphash"

	"adam/internal/term"
)

// foreseen is how far the publishers own the activities that a plan would have written, by a hash of the identifier: a plan
// writes nothing in which a second publisher in the file could find the first.
type foreseen map[uint64]int

var foreseenSeed = maphash.MakeSeed()

// follow decides on an activity as the import does, which has written what stands above it in the file.
func (f foreseen) follow(x *arrival) {
	if x.outcome != term.IntakeCreated && x.outcome != term.IntakeChanged {
		return
	}
	key := maphash.String(foreseenSeed, x.Identifier)
	switch had, met := f[key]; {
	case met && x.rank() <= had:
		x.outcome, x.changes = term.IntakeSecondary, nil
		return
	case met:
		x.outcome = term.IntakeChanged
	case len(f) == mostForeseen:
		return
	}
	f[key] = x.rank()
}

// mostForeseen bounds the activities that a plan remembers, as the reader bounds the identifiers that it compares.
const mostForeseen = 1_000_000
