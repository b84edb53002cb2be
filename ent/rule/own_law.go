//go:build !codegen

package rule

// ownedLaw: a law belongs to its State, through the focal point.
func ownedLaw(s Seer, a string) string { return oneOf(a+".state_id", s.States()) }
