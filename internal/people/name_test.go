package people_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/rule"
	"adam/ent/state"
	"adam/internal/access"
	"adam/internal/people"
	"adam/internal/term"
)

const nobodyNamed = "An organisation that is not named publicly"

// changing changes rows of the catalogue as the program.
func (w *world) changing(do func(context.Context, *ent.Tx) error) {
	w.t.Helper()
	ok(w.t, w.Store.InTx(w.program(), do))
}

func (w *world) show(visibility term.Visibility, withdrawn bool) {
	w.changing(func(ctx context.Context, tx *ent.Tx) error {
		ctx = rule.WithWithdrawn(ctx)
		return tx.Actor.Query().Where(actor.Key("iom")).OnlyX(ctx).Update().SetVisibility(visibility).SetWithdrawn(withdrawn).Exec(ctx)
	})
}

func TestHistoryNamesAnOrganisationOnlyWhereItsRecordIsPublic(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		reporter := w.person("r@example.org", access.Reporter)
		named := w.institution("named@example.org", access.Coordinator, " iom")
		other := w.institution("other@example.org", access.Coordinator, "The Desk")
		hinting := w.institution("hint@example.org", access.Reporter, "International Organization for Migration")
		for _, test := range []struct {
			visibility              term.Visibility
			withdrawn               bool
			reporter, named, hinted string
		}{
			{term.Public, false, "IOM", "iom", "International Organization for Migration"},
			{term.Members, false, nobodyNamed, nobodyNamed, nobodyNamed},
			{term.Restricted, false, nobodyNamed, nobodyNamed, nobodyNamed},
			{term.Public, true, nobodyNamed, nobodyNamed, nobodyNamed},
		} {
			w.show(test.visibility, test.withdrawn)
			for p, want := range map[*ent.Person]string{reporter: test.reporter, named: test.named, hinting: test.hinted, other: "The Desk"} {
				if got := w.viewer(p, true).Name; got != want {
					t.Errorf("%s, withdrawn %v: %s is named %q; expected %q", test.visibility, test.withdrawn, p.Email, got, want)
				}
			}
		}
	})
}

func TestWhoReportsForAPublicOrganisationTooIsNamedByIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("r@example.org", access.Reporter)
		_, err := w.Give(w.program(), p.ID, access.Reporter, "unodc", "", time.Time{})
		ok(t, err)
		w.show(term.Restricted, false)
		if got := w.viewer(p, true).Name; got != "UNODC" {
			t.Errorf("she is named %q", got)
		}
	})
}

func TestHistoryNamesNoStateThatNotEverybodyMayKnow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("f@example.org", access.FocalPoint)
		if got := w.viewer(p, true).Name; got != "Lao PDR focal point" {
			t.Errorf("of a public State she is %q", got)
		}
		w.changing(func(ctx context.Context, tx *ent.Tx) error {
			return tx.State.Query().Where(state.Code("LAO")).OnlyX(ctx).Update().SetVisibility(term.Members).Exec(ctx)
		})
		if got := w.viewer(p, true).Name; got != nobodyNamed {
			t.Errorf("of a hidden State she is %q", got)
		}
	})
}

// institution makes an account whose history is to name an institution.
func (w *world) institution(email string, role access.Role, name string) *ent.Person {
	w.t.Helper()
	in := people.Invitation{Email: email, Role: role, Institution: name}
	if role == access.Reporter {
		in.Actor = "iom"
	}
	secret, _, err := w.Invite(w.program(), in)
	ok(w.t, err)
	p, err := w.Accept(w.t.Context(), secret, people.Acceptance{Password: good})
	ok(w.t, err)
	if strings.TrimSpace(name) != *p.Institution {
		w.t.Fatalf("the institution is %q", *p.Institution)
	}
	return p
}
