//go:build !codegen

package rule

import (
	"fmt"

	"adam/internal/access"
	"adam/internal/term"
)

// ownedMechanism: a national or bilateral mechanism belongs to the States in whose chapters it stands; any wider one to
// its secretariat, or to the Regional Support Office.
func ownedMechanism(s Seer, a string) string {
	national := fmt.Sprintf("%s.level IN ('NATIONAL', 'BILATERAL')", a)
	ofStates := "FALSE"
	if states := s.States(); len(states) > 0 {
		ofStates = fmt.Sprintf("%s AND (%s OR EXISTS (SELECT 1 FROM {raw}chapter_mechanisms j WHERE j.coordination_mechanism_id = %s.id AND %s))",
			national, oneOf(a+".state_id", states), a, oneOf("j.chapter_id", s.Chapters()))
	}
	served := oneOf(a+".secretariat_actor_id", s.Actors())
	if served != "FALSE" {
		served = "NOT " + national + " AND " + served
	}
	region := "FALSE"
	if len(s.regional()) > 0 {
		region = "NOT " + national
	}
	return either(ofStates, served, region)
}

// regional are the chapters of the region, which have no State, that the seer is a focal point of.
func (s Seer) regional() []term.ID {
	var out []term.ID
	for _, g := range s.Grants {
		if g.Role == access.FocalPoint && g.Chapter != 0 && g.State == 0 {
			out = append(out, g.Chapter)
		}
	}
	return out
}
