package site

import (
	"net/http/httptest"
	"slices"
	"testing"

	"adam/ent/migrate"
	"adam/ent/rule"
	"adam/internal/term"
	"adam/server/say"
)

// Each column of a record can stand in its history or be withheld, and the page says which one in words.
func TestEveryFieldOfARecordHasAName(t *testing.T) {
	bookkeeping := []string{"id", "version", "sort_name", "created_at", "updated_at", "created_by", "updated_by", "withheld"}
	tables := 0
	for _, table := range migrate.Tables {
		if !slices.ContainsFunc(records(), func(k term.Kind) bool { return k.Table() == table.Name }) {
			continue
		}
		tables++
		for _, c := range table.Columns {
			if name := rule.FieldName(c.Name); !slices.Contains(bookkeeping, c.Name) && !say.Has("field."+name) {
				t.Errorf("%s.%s: text/en.json lacks field.%s", table.Name, c.Name, name)
			}
		}
	}
	if tables != len(records()) {
		t.Fatalf("%d tables", tables)
	}
	for _, mark := range []string{"elements", "seat"} {
		if !say.Has("field." + mark) {
			t.Errorf("text/en.json lacks field.%s", mark)
		}
	}
}

func records() []term.Kind {
	return []term.Kind{term.KindState, term.KindActor, term.KindLaw, term.KindPolicy, term.KindMechanism, term.KindActivity, term.KindNeed, term.KindFunding}
}

func TestValuesOfHistoryAreSaidInWords(t *testing.T) {
	v := &historyView{kind: term.RecordLaw}
	for _, tt := range []struct{ field, text, want string }{
		{"status", "IN_FORCE", "In force"},
		{"status", "CLOSED", "CLOSED"}, // of an activity, which a law is not
		{"adoptedOn", "2008-05", "May 2008"},
		{"number", "2008-05", "2008-05"},
		{"title", "A; B", "A; B"},
		{"topics", "IMMIGRATION; ORGANISED_CRIME", "Immigration | Transnational organised crime"},
		{"safety", "true", "Yes"},
		{"contacts", "(withheld); EMAIL a@example.org PUBLIC (changed)", "Withheld | Email a@example.org Public | changed in what may not be shown"},
		{"summary", "COVERED", "COVERED"},
	} {
		got := ""
		for i, item := range v.value(t.Context(), tt.field, tt.text) {
			if i > 0 {
				got += " |"
			}
			for _, s := range item {
				got += " " + s.text
			}
		}
		if got != " "+tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.field, tt.text, got, tt.want)
		}
	}
}

func TestAListIsPagedWithinItsAddress(t *testing.T) {
	for _, tt := range []struct{ address, before, after string }{
		{"/states?all=1&after=b&edition=2", "/states?all=1&before=s", "/states?after=e&all=1"},
		{"/states?before=b", "/states?before=s", "/states?after=e"},
	} {
		r := httptest.NewRequest("GET", tt.address, nil)
		before, after := paged(r, 10).around(r, &Paging{HasNextPage: true, HasPreviousPage: true, StartCursor: "s", EndCursor: "e"})
		if before != tt.before || after != tt.after {
			t.Errorf("%s: %q and %q", tt.address, before, after)
		}
		if before, after := paged(r, 10).around(r, &Paging{StartCursor: "s", EndCursor: "e"}); before+after != "" {
			t.Errorf("%s leads on: %q %q", tt.address, before, after)
		}
	}
}
