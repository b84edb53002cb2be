package edition

// chapters: the public is not told which State did not nominate, declined or let its review pass (rule 3). To it, each
// of these is a review that is not finished. A chapter bears its State's name and falls with it.
var chapters = tableRule{
	rows:  both(everyRow),
	needs: []string{"state_id"},
	replace: []replacement{{
		column: "status",
		when:   public("t.status IN ('AWAITING_NOMINATION', 'RETURNED', 'CLOSED_UNVERIFIED', 'DECLINED')"),
		as:     "'UNDER_REVIEW'",
	}},
}

// cycles: lateness of a named State is for members; to whom a note went is between the two.
var cycles = tableRule{
	rows: per{"t.status = 'PUBLISHED'", everyRow},
	replace: []replacement{
		{column: "addressee", when: public(everyRow), as: "NULL"},
		{column: "reference", when: public(everyRow), as: "NULL"},
	},
}

const safeActor = "EXISTS (SELECT 1 FROM actors a WHERE a.id = t.actor_id AND a.safety)"

// contacts: where showing the location of an actor could endanger people, the public gets no contact and nobody an
// address.
var contacts = tableRule{rows: per{
	visible.public + " AND NOT " + safeActor,
	visible.members + " AND NOT (t.kind = 'ADDRESS' AND " + safeActor + ")",
}}

// editions: those up to the one that is being cut, which its own file calls published: it is read only once it is.
var editions = tableRule{
	rows: both("(t.number < {number} AND t.status <> 'BUILDING' OR t.number = {number})"),
	replace: []replacement{
		{column: "status", when: both("t.number = {number}"), as: "'PUBLISHED'"},
	},
}

// history: an entry is in where the record stood open to the audience before and after the change. Its visibility says
// so, for it is the stricter of the two; that the record was not withdrawn is asked here. So a record made public shows
// nothing of its restricted past, nor of the time when it was withdrawn.
var history = tableRule{
	rows: per{visible.public + " AND " + notWithdrawn, visible.members + " AND " + notWithdrawn},
	edit: withoutWithheld,
}

const notWithdrawn = `t.action <> 'RESTORED' AND NOT EXISTS (SELECT 1 FROM history_entries w
	WHERE w.record_id = t.record_id AND w.action = 'WITHDRAWN' AND w.version <= t.version
	AND NOT EXISTS (SELECT 1 FROM history_entries r
		WHERE r.record_id = t.record_id AND r.action = 'RESTORED' AND r.version > w.version AND r.version <= t.version))`
