package ent

import (
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// VerifiedOn says of a record or a chapter that an institution which answers for it has verified it, and that this still
// counts on a day. The columns are named as the query names them, by its selector or table.
func VerifiedOn(column func(string) string, day term.Date) *sql.Predicate {
	return sql.And(sql.EQ(column("verified_status"), string(term.Verified)), sql.GTE(column("verified_until"), string(day)))
}

// RecordVerifiedOn says the same of a record of any type that a query knows by columns with its id and its type. What is
// withdrawn is not verified any more.
func RecordVerifiedOn(s *sql.Selector, id, kind string, day term.Date) *sql.Predicate {
	var any []*sql.Predicate
	for _, of := range []struct {
		kind term.RecordKind
		rows term.Kind
	}{
		{term.RecordState, term.KindState}, {term.RecordActor, term.KindActor}, {term.RecordLaw, term.KindLaw},
		{term.RecordPolicy, term.KindPolicy}, {term.RecordMechanism, term.KindMechanism},
		{term.RecordActivity, term.KindActivity}, {term.RecordNeed, term.KindNeed},
	} {
		t := sql.Table(of.rows.Table())
		row := sql.Dialect(s.Dialect()).Select(t.C("id")).From(t).
			Where(sql.And(sql.ColumnsEQ(t.C("id"), id), sql.EQ(t.C("withdrawn"), false), VerifiedOn(t.C, day)))
		any = append(any, sql.And(sql.EQ(kind, string(of.kind)), sql.Exists(row)))
	}
	return sql.Or(any...)
}
