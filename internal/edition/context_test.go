package edition

import (
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
)

func TestEachViewerReadsWhatItMay(t *testing.T) {
	st := testdb.Store(t, dialect.SQLite)
	folder := library(t, st, 2)
	shelf, alone := shelfOf(t, folder, st), shelfOf(t, folder, nil)
	member, keeper := access.Viewer{Audience: access.Members}, access.Operator("The keeper")
	for _, c := range []struct {
		says     string
		shelf    *Shelf
		viewer   access.Viewer
		wanted   Wanted
		number   int
		audience access.Audience
	}{
		{"a visitor reads the public edition", shelf, access.Anonymous(), Wanted{}, 2, access.Public},
		{"so does a viewer of whom nothing is known", shelf, access.Viewer{}, Wanted{}, 2, access.Public},
		{"a member that for members", shelf, member, Wanted{}, 2, access.Members},
		{"a keeper the working store", shelf, keeper, Wanted{}, 0, access.Working},
		{"unless an edition is asked for", shelf, keeper, Wanted{Number: 1}, 1, access.Members},
		{"a visitor may ask for a number", shelf, access.Anonymous(), Wanted{Number: 1}, 1, access.Public},
		{"or for a day", shelf, member, Wanted{On: "2026-11-24"}, 1, access.Members},
		{"without a working store nobody reads it", alone, keeper, Wanted{}, 2, access.Members},
	} {
		ctx, done, err := c.shelf.Serve(testdb.Context(t), c.viewer, c.wanted)
		must(t, err)
		number, audience := From(ctx)
		if number != c.number || audience != c.audience {
			t.Errorf("%s: got edition %d for %s", c.says, number, audience)
		}
		want := c.number
		if c.number == 0 {
			want = 2
		}
		if got := ent.FromContext(ctx).State.Query().CountX(ctx); got != want {
			t.Errorf("%s: got %d States", c.says, got)
		}
		done()
	}
	if _, _, err := shelf.Serve(testdb.Context(t), member, Wanted{Number: 1, On: "2026-11-24"}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a number and a day give %v", err)
	}
	if _, _, err := shelf.Serve(testdb.Context(t), member, Wanted{Number: 7}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown number gives %v", err)
	}
	if number, audience := From(testdb.Context(t)); number != 0 || audience != access.Public {
		t.Errorf("where nobody said, edition %d for %s", number, audience)
	}
}
