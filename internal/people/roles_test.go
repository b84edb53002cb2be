package people_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/ent/actor"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/people"
	"adam/internal/term"
)

func TestAnInvitationSaysWhatIsWrongWithIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for field, in := range map[string]people.Invitation{
			"email":   {Email: "Ann <ann@example.org>", Role: access.Member},
			"role":    {Email: "ann@example.org", Role: "BOSS"},
			"actor":   {Email: "ann@example.org", Role: access.Reporter},
			"chapter": {Email: "ann@example.org", Role: access.FocalPoint},
			"kind":    {Email: "ann@example.org", Role: access.Member, Kind: term.LinkReset},
		} {
			_, _, err := w.Invite(w.program(), in)
			is(t, err, fault.Invalid, field)
		}
		for field, in := range map[string]people.Invitation{
			"email":   {Email: "ann", Role: access.Member},
			"role":    {Email: "ann@example.org"},
			"actor":   {Email: "ann@example.org", Role: access.Reporter, Actor: "no-such"},
			"chapter": {Email: "ann@example.org", Role: access.FocalPoint, Chapter: "XXX"},
		} {
			_, _, err := w.Invite(w.program(), in)
			is(t, err, fault.Invalid, field)
		}
		_, _, err := w.Invite(w.program(), people.Invitation{Email: "ann@example.org", Role: access.Member, Actor: "iom"})
		is(t, err, fault.Invalid, "actor")
		_, _, err = w.Invite(w.program(), people.Invitation{Email: "ann@example.org", Role: access.Member, Chapter: "LAO"})
		is(t, err, fault.Invalid, "chapter")
		_, _, err = w.Invite(w.program(), people.Invitation{Email: "erased-1@invalid", Role: access.Member})
		is(t, err, fault.Invalid, "email")
		if all, err := w.List(w.program()); err != nil || len(all) != 0 {
			t.Errorf("refused invitations left %d accounts, %v", len(all), err)
		}
	})
}

func TestWhoMayInviteWhom(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		by := map[access.Role]*ent.Person{}
		for _, r := range []access.Role{access.Member, access.Reporter, access.FocalPoint, access.Coordinator, access.Secretariat, access.Administrator} {
			by[r] = w.person(strings.ToLower(string(r))+"@example.org", r)
		}
		target := w.person("target@example.org", access.Reporter)
		for role, p := range by {
			for _, asked := range []access.Role{access.Member, access.Coordinator, access.Secretariat, access.Administrator} {
				in := people.Invitation{Email: strings.ToLower(string(role+"-"+asked)) + "@example.net", Role: asked}
				_, _, err := w.Invite(w.as(p), in)
				_, give := w.Give(w.as(p), target.ID, asked, "", "", time.Time{})
				may := role == access.Administrator || role == access.Secretariat && !asked.NeedsSecondFactor()
				if may != (err == nil) || may != (give == nil) || !may && (fault.KindOf(err) != fault.Forbidden || fault.KindOf(give) != fault.Forbidden) {
					t.Errorf("%s invites %s: %v; gives: %v", role, asked, err, give)
				}
			}
		}
		_, _, err := w.Invite(t.Context(), people.Invitation{Email: "x@example.org", Role: access.Member})
		is(t, err, fault.Unauthenticated)
		weak := access.With(t.Context(), w.viewer(by[access.Administrator], false))
		_, _, err = w.Invite(weak, people.Invitation{Email: "x@example.org", Role: access.Member})
		is(t, err, fault.Forbidden)
	})
}

// A link to an account is the account: it is made for nobody who could win a higher role with it.
func TestNoLinkLeadsToAnAccountThatIsMoreThanTheInviter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		office := w.person("office@example.org", access.Secretariat)
		pending, _, err := w.Invite(w.program(), people.Invitation{Email: "chief@example.org", Role: access.Administrator})
		ok(t, err)
		secret, p, err := w.Invite(w.as(office), people.Invitation{Email: "chief@example.org", Role: access.Member})
		if err != nil || secret != "" {
			t.Errorf("the secretariat got a link to an administrator's account: %v", err)
		}
		if _, err := w.Peek(t.Context(), pending); err != nil {
			t.Errorf("and ended hers: %v", err)
		}
		member := w.person("ann@example.org", access.Member)
		secret, again, err := w.Invite(w.as(office), people.Invitation{Email: "ANN@example.org", Role: access.Coordinator})
		if err != nil || secret != "" || again.ID != member.ID || !w.viewer(member, true).Has(access.Coordinator) {
			t.Errorf("somebody who can sign in got a link, or no role: %v", err)
		}
		older, _, err := w.Invite(w.as(office), people.Invitation{Email: "new@example.org", Role: access.Member})
		ok(t, err)
		newer, _, err := w.Invite(w.as(office), people.Invitation{Email: "new@example.org", Role: access.Member})
		ok(t, err)
		_, err = w.Peek(t.Context(), older)
		is(t, err, fault.NotFound)
		_, err = w.Peek(t.Context(), newer)
		ok(t, err)
		if all, err := w.Grants(w.program(), p.ID); err != nil || len(all) != 2 {
			t.Errorf("%d roles, %v", len(all), err)
		}
	})
}

// Rule 3: where the location of an organisation is never shown, the roles of its reporters do not tell it either.
func TestTheOrganisationOfARoleIsShownAsElsewhere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		reporter, boss, desk := w.person("rita@example.org", access.Reporter), w.person("boss@example.org", access.Administrator), w.person("desk@example.org", access.Secretariat)
		iom := w.Store.Client.Actor.Query().Where(actor.Key("iom")).OnlyX(w.program())
		ok(t, w.Store.InTx(w.program(), func(ctx context.Context, tx *ent.Tx) error {
			return tx.Actor.UpdateOneID(iom.ID).SetSafety(true).SetSeat("Shelter Street 1").Exec(ctx)
		}))
		for _, who := range []struct {
			ctx  context.Context
			sees bool
		}{{w.as(boss), false}, {w.as(desk), true}, {w.as(reporter), true}} {
			all, err := w.Grants(who.ctx, reporter.ID)
			if err != nil || len(all) != 1 || all[0].Edges.Actor == nil || (all[0].Edges.Actor.Seat != nil) != who.sees {
				t.Errorf("%s sees %+v, %v", access.From(who.ctx).Name, all, err)
			}
		}
	})
}

func TestAViewerHasTheRolesThatCountNow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.FocalPoint)
		g, err := w.Give(w.program(), p.ID, access.Reporter, "unodc", "", w.clock().Add(time.Hour))
		ok(t, err)
		_, err = w.Give(w.program(), p.ID, access.Secretariat, "", "", time.Time{})
		ok(t, err)
		weak, strong := w.viewer(p, false), w.viewer(p, true)
		if weak.Has(access.Secretariat) || !strong.Has(access.Secretariat) || weak.Audience != access.Working {
			t.Errorf("weak %+v, strong %+v", weak, strong)
		}
		if len(weak.Actors()) != 1 || len(weak.Chapters()) != 1 || len(weak.States()) != 1 || weak.Name != "UNODC" {
			t.Errorf("the viewer is %+v", weak)
		}
		w.pass(time.Hour)
		if v := w.viewer(p, false); v.Has(access.Reporter) || v.Name != "Lao PDR focal point" {
			t.Errorf("after the hour the viewer is %+v", v)
		}
		is(t, w.End(w.program(), g.ID, "over"), fault.NotFound)
		_, err = w.Viewer(t.Context(), term.NewID(term.KindPerson), true)
		is(t, err, fault.Unauthenticated)
		ok(t, w.Disable(w.program(), p.ID))
		_, err = w.Viewer(t.Context(), p.ID, true)
		is(t, err, fault.Unauthenticated)
		ok(t, w.Enable(w.program(), p.ID))
		w.viewer(p, true)
	})
}

func TestWhoHasNoRoleLeftSeesWhatThePublicSees(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.Member)
		if v := w.viewer(p, false); v.Audience != access.Members || v.Name != "Member" {
			t.Errorf("a member is %+v", v)
		}
		is(t, w.End(w.as(p), w.only(p).ID, " "), fault.Invalid, "reason")
		ok(t, w.End(w.as(p), w.only(p).ID, "retired"))
		if v := w.viewer(p, true); v.Audience != access.Public || len(v.Grants) != 0 {
			t.Errorf("somebody without a role is %+v", v)
		}
	})
}

func TestADelegationEndsAtItsTimeAndWithItsSource(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.person("ann@example.org", access.FocalPoint)
		source := w.only(p)
		deputy := func(name string, until time.Time) (*ent.Person, *ent.Grant) {
			secret, g, err := w.Delegate(w.as(p), source.ID, people.Colleague{Email: name + "@example.org", Unit: "Desk"}, until)
			ok(t, err)
			d, err := w.Accept(t.Context(), secret, people.Acceptance{Password: good})
			ok(t, err)
			return d, g
		}
		for _, until := range []time.Time{{}, w.clock(), w.clock().AddDate(1, 0, 0).Add(time.Second)} {
			_, _, err := w.Delegate(w.as(p), source.ID, people.Colleague{Email: "x@example.org"}, until)
			is(t, err, fault.Invalid, "until")
		}
		short, _ := deputy("short", w.clock().Add(time.Hour))
		long, passed := deputy("long", w.clock().AddDate(1, 0, 0))
		_, _, err := w.Delegate(w.as(long), passed.ID, people.Colleague{Email: "x@example.org"}, w.clock().Add(time.Hour))
		is(t, err, fault.Forbidden)
		_, _, err = w.Delegate(w.as(long), source.ID, people.Colleague{Email: "x@example.org"}, w.clock().Add(time.Hour))
		is(t, err, fault.NotFound)
		_, _, err = w.HandOver(w.as(long), passed.ID, people.Colleague{Email: "x@example.org"}, "no")
		is(t, err, fault.Forbidden)
		_, _, err = w.Delegate(w.as(p), source.ID, people.Colleague{Email: "Ann@example.org"}, w.clock().Add(time.Hour))
		is(t, err, fault.Invalid, "email")
		w.pass(time.Hour)
		if w.viewer(short, true).Has(access.FocalPoint) || !w.viewer(long, true).Has(access.FocalPoint) {
			t.Error("a delegation did not end at its time")
		}
		ok(t, w.End(w.as(p), source.ID, "left the ministry"))
		if w.viewer(long, true).Has(access.FocalPoint) || w.viewer(p, true).Has(access.FocalPoint) {
			t.Error("the delegation outlived its source")
		}
	})
}

// Where the source runs out by itself nobody ends the delegation: it must not count all the same.
func TestADelegationDoesNotOutliveASourceThatRunsOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, d := w.person("ann@example.org", access.Member), w.person("bob@example.org", access.Member)
		source, err := w.Give(w.program(), p.ID, access.Reporter, "iom", "", w.clock().Add(time.Hour))
		ok(t, err)
		secret, g, err := w.Delegate(w.as(p), source.ID, people.Colleague{Email: "bob@example.org"}, w.clock().Add(48*time.Hour))
		if ok(t, err); secret != "" {
			t.Error("somebody who can sign in got a link")
		}
		if !w.viewer(d, false).Has(access.Reporter) {
			t.Error("the delegate has no role")
		}
		w.pass(time.Hour)
		if w.viewer(d, false).Has(access.Reporter) {
			t.Error("the delegation outlived its source")
		}
		is(t, w.End(w.as(p), g.ID, "over"), fault.NotFound)
	})
}

func TestTheOneWhoPassedARoleOnEndsIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, d, other := w.person("ann@example.org", access.Reporter), w.person("bob@example.org", access.Member), w.person("eve@example.org", access.Member)
		_, g, err := w.Delegate(w.as(p), w.only(p).ID, people.Colleague{Email: "bob@example.org"}, w.clock().Add(time.Hour))
		ok(t, err)
		is(t, w.End(w.as(other), g.ID, "envy"), fault.NotFound)
		is(t, w.End(w.as(d), w.only(p).ID, "coup"), fault.NotFound)
		ok(t, w.End(w.as(p), g.ID, "back from leave"))
		if w.viewer(d, false).Has(access.Reporter) {
			t.Error("the role is still there")
		}
	})
}

func TestAHandOverEndsTheFormersRoleAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, office, other := w.person("ann@example.org", access.FocalPoint), w.person("office@example.org", access.Secretariat), w.person("eve@example.org", access.Member)
		g := w.only(p)
		_, _, err := w.Delegate(w.as(p), g.ID, people.Colleague{Email: "eve@example.org"}, w.clock().Add(time.Hour))
		ok(t, err)
		_, _, err = w.HandOver(w.as(other), g.ID, people.Colleague{Email: "eve@example.org"}, "coup")
		is(t, err, fault.NotFound)
		_, _, err = w.HandOver(w.as(p), g.ID, people.Colleague{Email: "bob@example.org"}, "")
		is(t, err, fault.Invalid, "reason")
		secret, next, err := w.HandOver(w.as(p), g.ID, people.Colleague{Email: "bob@example.org", Institution: "Ministry"}, "moves on")
		ok(t, err)
		if w.viewer(p, true).Has(access.FocalPoint) || w.viewer(other, true).Has(access.FocalPoint) {
			t.Error("the former, or her delegate, still holds the role")
		}
		bob, err := w.Accept(t.Context(), secret, people.Acceptance{Password: good})
		ok(t, err)
		if v := w.viewer(bob, true); len(v.Chapters()) != 1 || v.Name != "Ministry" || *next.ChapterID != *g.ChapterID {
			t.Errorf("the successor is %+v", v)
		}
		_, _, err = w.HandOver(w.as(office), next.ID, people.Colleague{Email: "ann@example.org"}, "came back")
		ok(t, err)
		weak := access.With(t.Context(), w.viewer(office, false))
		_, _, err = w.HandOver(weak, w.only(office).ID, people.Colleague{Email: "thief@example.org"}, "stolen password")
		is(t, err, fault.NotFound)
		is(t, w.End(weak, w.only(office).ID, "stolen password"), fault.NotFound)
		is(t, w.End(t.Context(), w.only(office).ID, "visitor"), fault.Unauthenticated)
		admin := w.person("admin@example.org", access.Administrator)
		_, _, err = w.HandOver(w.as(office), w.only(admin).ID, people.Colleague{Email: "office@example.org"}, "coup")
		is(t, err, fault.NotFound)
		is(t, w.End(w.as(office), w.only(admin).ID, "coup"), fault.NotFound)
	})
}
