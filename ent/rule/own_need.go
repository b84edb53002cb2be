//go:build !codegen

package rule

// ownedNeed: a need belongs to the State that has it, through the focal point.
func ownedNeed(s Seer, a string) string { return oneOf(a+".state_id", s.States()) }
