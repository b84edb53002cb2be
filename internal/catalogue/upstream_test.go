package catalogue_test

import (
	"testing"

	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
)

func TestMoneyDoesNotComeFromItself(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "visibility": "PUBLIC"})
		add := func(version int, more ...any) {
			t.Helper()
			in := with(input{"activity": "one", "version": version, "amount": "10", "currency": "AUD", "visibility": "PUBLIC"}, more...)
			if err := w.money(w.keeper, catalogue.AddFunding, in); err != nil {
				t.Fatalf("%v %v", err, fieldsOf(err))
			}
		}
		add(1)
		first := w.lines(id)[0].ID
		add(2, "upstream", first)
		second := w.lines(id)[0].ID
		if second == first {
			second = w.lines(id)[1].ID
		}
		circle := func(to term.ID) input {
			return with(input{"activity": "one", "version": 3, "funding": first, "upstream": to})
		}
		refused(t, w.money(w.keeper, catalogue.UpdateFunding, circle(second)), fault.Invalid, "input.upstream")
		refused(t, w.money(w.keeper, catalogue.UpdateFunding, circle(first)), fault.Invalid, "input.upstream")
	})
}
