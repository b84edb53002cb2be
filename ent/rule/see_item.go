//go:build !codegen

package rule

// seenItem: what is answered about a record waits until its review is published; until then whoever is asked sees it,
// and the secretariat. The words of an answer, and what it proposes, stay between them: of a published review others see
// which record got which answer.
func seenItem() Table {
	others := func(s Seer) string {
		if s.keeps() {
			return "NOT (" + answersFor(s) + ")"
		}
		return EveryRow
	}
	private := func(column, as string) Replacement { return Replacement{Column: column, When: others, As: as} }
	return Table{
		Rows: func(s Seer) string {
			published := "t.record_id IS NOT NULL AND EXISTS (SELECT 1 FROM {raw}review_cycles c WHERE c.id = t.cycle_id AND c.status = 'PUBLISHED')"
			if s.keeps() {
				return either(answersFor(s), published)
			}
			return published
		},
		Needs: []string{"record_id"},
		Replace: []Replacement{
			private("reason", "NULL"), private("active_here", "NULL"), private("authority", "NULL"), private("letter", "NULL"), private("person", "0"),
			private("input", "NULL"), private("difference", "'[]'"), private("hold", "FALSE"), private("later", "FALSE"),
		},
	}
}

// seenStep: how a review went, and what each agency has put on its sheet, is between whoever is asked and the secretariat:
// it says who was late and why. No edition has any of it.
func seenStep() Table {
	return Table{Rows: func(s Seer) string {
		if s.keeps() {
			return answersFor(s)
		}
		return ""
	}}
}

// answersFor is the condition that the row t belongs to a cycle in which the seer answers, or which she runs.
func answersFor(s Seer) string {
	if s.SeesAll() {
		return EveryRow
	}
	mine := either(oneOf("c.chapter_id", s.Chapters()), oneOf("c.actor_id", s.Actors()))
	if mine == "FALSE" {
		return mine
	}
	return "EXISTS (SELECT 1 FROM {raw}review_cycles c WHERE c.id = t.cycle_id AND (" + mine + "))"
}

// seenVerification: what an institution has verified is open to everybody who sees the record; that it disputes a record
// shows there, with both statements.
func seenVerification() Table { return part("chapter_id", "actor_id") }
