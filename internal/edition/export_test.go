package edition

import "adam/ent/rule"

// WithRules does something while editions are cut by other rules.
func WithRules(other map[string]rule.Table, do func()) {
	before := rules
	defer func() { rules = before }()
	rules = other
	do()
}

// AtEnd adds to what is done after the last test.
func AtEnd(f func()) { atEnd = append(atEnd, f) }
