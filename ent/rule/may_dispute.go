//go:build !codegen

package rule

import (
	"context"
	"fmt"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// MayDispute lets the viewer in the context speak against a record that another owns: a focal point against what stands
// in her chapter or takes place in her State, a reporter against what her organisation takes part in. Whoever owns it is
// told to correct it instead.
func MayDispute(ctx context.Context, c *ent.Client, id term.ID) error {
	if there, err := sees(ctx, c, id); err != nil || !there {
		return orUnknown(err, id)
	}
	mine, err := Owns(ctx, c, id)
	if err != nil {
		return err
	}
	if mine {
		return fault.New(fault.Invalid, "You answer for this record yourself: correct it instead of disputing it.").At("record")
	}
	concerned, err := holds(ctx, c, id, concerning(Seer{Viewer: access.From(ctx)}, id.Kind()))
	if err != nil || concerned {
		return err
	}
	return fault.New(fault.Forbidden, "You can dispute records of your own chapter, and records in which your organisation takes part. Write to the secretariat about others.")
}

var chapterJoins = map[term.Kind][2]string{
	term.KindActor: {"chapter_actors", "actor_id"}, term.KindLaw: {"chapter_laws", "law_id"},
	term.KindPolicy: {"chapter_policies", "policy_document_id"}, term.KindMechanism: {"chapter_mechanisms", "coordination_mechanism_id"},
	term.KindActivity: {"chapter_activities", "activity_id"},
}

// concerning is the condition that a record of a kind, the row t, concerns the seer without being hers.
func concerning(s Seer, k term.Kind) string {
	out := []string{"FALSE"}
	if chapters := s.Chapters(); len(chapters) > 0 && chapterJoins[k] != [2]string{} {
		j := chapterJoins[k]
		out = append(out, fmt.Sprintf("EXISTS (SELECT 1 FROM {raw}%s j WHERE j.%s = t.id AND %s)", j[0], j[1], oneOf("j.chapter_id", chapters)))
	}
	if states := s.States(); len(states) > 0 {
		switch k {
		case term.KindState:
			out = append(out, oneOf("t.id", states))
		case term.KindActivity:
			out = append(out, "EXISTS (SELECT 1 FROM {raw}activity_states p WHERE p.activity_id = t.id AND "+oneOf("p.state_id", states)+")")
		}
	}
	if actors := s.Actors(); len(actors) > 0 {
		switch k {
		case term.KindActivity:
			out = append(out, "EXISTS (SELECT 1 FROM {raw}participations p WHERE p.activity_id = t.id AND "+oneOf("p.actor_id", actors)+")")
		case term.KindMechanism:
			out = append(out, "EXISTS (SELECT 1 FROM {raw}mechanism_members p WHERE p.mechanism_id = t.id AND "+oneOf("p.actor_id", actors)+")")
		}
	}
	return either(out...)
}
