//go:build !codegen

package rule

import "fmt"

// seenHistory: an entry is seen by whom the record stood open to before and after the change. Its visibility says so, for
// it is the stricter of the two; that the record was not withdrawn is asked here. So a record made public shows nothing of
// its restricted past, nor of the time when it was withdrawn, except to its owner and the secretariat. A share opens a
// record as it stands, not its past.
func seenHistory() Table {
	seen := visible(ownedRecord, unshared)
	return Table{Replace: []Replacement{{Column: "changes", When: toldAmount, As: "'[]'"}}, Rows: func(s Seer) string {
		if s.keeps() && s.SeesAll() {
			return EveryRow
		}
		sql := "(" + seen(s) + ") AND " + notWithdrawn
		if s.keeps() {
			return either(ownedRecord(s), sql)
		}
		return sql
	}}
}

// toldAmount holds for entries that tell of the money of an activity while an amount of it is kept back: an entry of the
// time before would tell the amount.
func toldAmount(s Seer) string {
	others := "TRUE"
	switch {
	case s.keeps() && s.SeesAll():
		return ""
	case s.keeps():
		others = "NOT (" + ownedFunding(s, "f") + ")"
	}
	return `CAST(t.changes AS TEXT) LIKE '%"fundings"%' AND EXISTS (SELECT 1 FROM {raw}activity_fundings j JOIN {raw}fundings f ON f.id = j.funding_id
	WHERE j.activity_id = t.record_id AND f.amount_withheld AND ` + others + ")"
}

const notWithdrawn = `t.action <> 'RESTORED' AND NOT EXISTS (SELECT 1 FROM {raw}history_entries w
	WHERE w.record_id = t.record_id AND w.action = 'WITHDRAWN' AND w.version <= t.version
	AND NOT EXISTS (SELECT 1 FROM {raw}history_entries r
		WHERE r.record_id = t.record_id AND r.action = 'RESTORED' AND r.version > w.version AND r.version <= t.version))`

// ownedRecord is the condition that the seer owns the record that a row with a record_id hangs on, whatever its type.
func ownedRecord(s Seer) string {
	return either(owning(s, "{raw}%s", "t.record_id")...)
}

// owning gives a condition for each type of record: that the one with an id is of that type and the seer's own.
func owning(s Seer, from, id string) []string {
	var out []string
	for _, o := range owners {
		if own := o.owned(s, "o"); own != "FALSE" {
			out = append(out, fmt.Sprintf("EXISTS (SELECT 1 FROM "+from+" o WHERE o.id = %s AND (%s))", o.kind.Table(), id, own))
		}
	}
	return out
}
