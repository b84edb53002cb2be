package intake

import (
	"context"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// What belongs to the field can be said otherwise for one file, again and again, before it is written.
func TestWhatIsTakenOfAFileCanBeSaidOtherwise(t *testing.T) {
	testdb.Each(t, func(t *testing.T, st *store.Store) {
		world(t, st)
		d, yes := desk(st), true
		f, err := d.Receive(office(t.Context()), Sent{File: "sent.xml", Format: term.FormatIATI}, strings.NewReader(file(
			reported("GB-GOV-13", "GB-GOV-13-1", "Shelter for victims of human trafficking", `<sector code="72010"/>`),
			reported("GB-GOV-13", "GB-GOV-13-2", "Roads", `<sector code="21020"/>`), reported("GB-GOV-13", "GB-GOV-13-3", "Courts", `<sector code="15130"/>`))))
		must(t, err)
		pick := func(p Picked) error {
			return decided(t, d, f.ID, func(ctx context.Context, tx *ent.Tx, id term.ID, now time.Time) error {
				return Repick(ctx, tx, id, p, now)
			})
		}
		need := func(n term.FieldNeed) *term.FieldNeed { return &n }
		taken := func() (titles []string) {
			must(t, d.round(testdb.Context(t)))
			for _, i := range stood(t, d, f.ID).Foreseen {
				titles = append(titles, i.Title)
			}
			return titles
		}
		for i, c := range []struct {
			say    Picked
			titles string
		}{
			{Picked{}, "Shelter for victims of human trafficking;Courts"}, // the standard rules
			{Picked{Need: need(term.WordSign)}, "Shelter for victims of human trafficking"},
			{Picked{Words: []string{"road*", " ", "road*"}}, "Roads"},
			{Picked{Sectors: []string{"15130"}, Need: need(term.AnySign)}, "Roads;Courts"}, // the words stay
			{Picked{Sectors: []string{"21020"}, Need: need(term.BothSigns)}, "Roads"},
			{Picked{All: &yes}, "Shelter for victims of human trafficking;Roads;Courts"},
		} {
			if i > 0 {
				must(t, pick(c.say))
			}
			if got := strings.Join(taken(), ";"); got != c.titles {
				t.Errorf("%+v takes %q, not %q", c.say, got, c.titles)
			}
		}
		if got := stood(t, d, f.ID).Rules; got != Whole {
			t.Errorf("the rules are told as %q", got)
		}
		no := false
		must(t, pick(Picked{All: &no}))
		if got := strings.Join(taken(), ";"); got != "Roads" {
			t.Errorf("the rules that were said before take %q", got)
		}
		for name, p := range map[string]Picked{
			"a long sector": {Sectors: []string{"15130151301"}}, "a long word": {Words: []string{strings.Repeat("a", 101)}}, "a need of nobody": {Need: need("SOME")},
			"nothing to find": {Words: []string{}}, "no sector of both": {Sectors: []string{""}}, "a sign": {Words: []string{"a\x00b"}},
		} {
			if err := pick(p); fault.KindOf(err) != fault.Invalid || stood(t, d, f.ID).Status != term.IntakeForeseen {
				t.Errorf("%s: %v", name, err)
			}
		}
		was := PlanOf(stood(t, d, f.ID))
		must(t, pick(Picked{Words: []string{"court*"}}))
		must(t, d.round(testdb.Context(t)))
		must(t, decidedIs(decided(t, d, f.ID, Seen(was)), fault.Conflict)) // she said yes to what she saw, not to this
		if f := stood(t, d, f.ID); f.Status != term.IntakeForeseen || PlanOf(f) == was {
			t.Errorf("it is %s", f.Status)
		}
		must(t, decided(t, d, f.ID, Discard))
		must(t, decidedIs(pick(Picked{}), fault.Conflict))
	})
}
