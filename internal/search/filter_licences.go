package search

import (
	"fmt"
	"slices"
	"strings"

	"adam/ent/source"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// licensed adds: every source of the record was given under one of the licences, in the words of its publisher. A source that
// states none, or another one, keeps the record out: whoever passes it on must be allowed to pass on all of it.
func (b *builder) licensed(licences []string) {
	if !given(licences) || b.err != nil {
		return
	}
	known, err := b.c.Source.Query().Where(source.LicenceIn(licences...)).Unique(true).Select(source.FieldLicence).Strings(b.ctx)
	if err != nil {
		b.err = fmt.Errorf("resolve licences: %w", err)
		return
	}
	list := make([]any, len(licences))
	for i, l := range licences {
		if list[i] = l; !slices.Contains(known, l) {
			b.fail("licences", "No source of this catalogue was given under the licence %q. Write it in the words that stand with the source, capitals and signs alike.", term.Clip(strings.TrimSpace(l)))
			return
		}
	}
	b.add(func(s *sql.Selector) {
		t := sql.Table(source.Table).As("licensed")
		of := func(also *sql.Predicate) *sql.Selector { // the index over record_id finds them
			return sql.Dialect(s.Dialect()).Select(t.C(source.FieldID)).From(t).Where(sql.And(sql.ColumnsEQ(t.C(source.FieldRecordID), s.C("id")), sql.EQ(t.C(source.FieldTakenBack), false), also))
		}
		column := t.C(source.FieldLicence)
		s.Where(sql.Exists(of(sql.In(column, list...))))
		s.Where(sql.Not(sql.Exists(of(sql.Or(sql.IsNull(column), sql.NotIn(column, list...))))))
	})
}
