package audit_test

import (
	"testing"

	"adam/internal/access"
	"adam/internal/audit"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

func TestAdministratorsAndNobodyElseReadTheLogNewestFirst(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		for n := range 4 {
			add(t, s, entry(n))
		}
		add(t, s, audit.Entry{Kind: term.LogAccount, Person: anna, Subject: boun, Summary: "Invited.", Detail: "boun@example.org"})
		as := func(roles ...access.Role) access.Viewer {
			var held []access.Grant
			for _, r := range roles {
				held = append(held, access.Grant{Role: r})
			}
			return access.SignedIn(anna, "x", held)
		}
		admin := access.With(t.Context(), as(access.Administrator))
		first, err := audit.Newest(admin, s.Client, 0, 2)
		if err != nil || len(first) != 2 || first[0].Seq != 5 || first[1].Seq != 4 || first[0].Edges.Detail == nil || first[0].Edges.Detail.Text != "boun@example.org" {
			t.Fatal(first, err)
		}
		rest, err := audit.Newest(admin, s.Client, 4, 10)
		if err != nil || len(rest) != 3 || rest[0].Seq != 3 || rest[2].Seq != 1 {
			t.Error(rest, err)
		}
		if _, err := audit.Newest(program(t.Context()), s.Client, 0, 1); err != nil {
			t.Error(err)
		}
		for _, v := range []access.Viewer{access.Anonymous(), as(), as(access.Secretariat, access.FocalPoint, access.Coordinator, access.Reporter, access.Member)} {
			if all, err := audit.Newest(access.With(t.Context(), v), s.Client, 0, 1); fault.KindOf(err) != fault.Forbidden || all != nil {
				t.Errorf("%+v reads %v, %v", v, all, err)
			}
		}
	})
}
