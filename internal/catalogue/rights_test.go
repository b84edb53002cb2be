package catalogue_test

import (
	"context"
	"slices"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"
	"adam/internal/term"
)

func TestAReporterMakesAndChangesHerOrganisationsActivitiesOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, err := w.create(w.reporter, term.KindActivity, with(input{"title": "Ours", "implementers": []any{"unodc"}, "states": []any{"THA"}}))
		if err != nil {
			t.Fatal(err)
		}
		if a := w.activity(id); *a.ReporterID != w.iom || a.Visibility != term.Restricted || a.CreatedBy != "IOM" {
			t.Errorf("it is %s, reported by %s, made by %q", a.Visibility, a.ReporterID, a.CreatedBy)
		}
		if _, err := w.update(w.reporter, term.KindActivity, with(input{"key": "ours", "version": 1, "summary": "S."})); err != nil {
			t.Error(err)
		}
		_, err = w.update(w.donor, term.KindActivity, with(input{"key": "ours", "version": 2, "summary": "T."}))
		refused(t, err, fault.NotFound, "input.key") // restricted: it does not exist for her
		w.change(w.keeper, term.KindActivity, input{"key": "ours", "version": 2, "visibility": "PUBLIC"})
		_, err = w.update(w.donor, term.KindActivity, with(input{"key": "ours", "version": 3, "summary": "T."}))
		refused(t, err, fault.Forbidden)
		_, err = w.update(w.reporter, term.KindActivity, input{"key": "ours", "version": 3, "reporter": "dfat"})
		refused(t, err, fault.Invalid, "input.reporter")
		_, err = w.create(w.reporter, term.KindActivity, with(input{"title": "Theirs", "reporter": "dfat"}))
		refused(t, err, fault.Invalid, "input.reporter")
	})
}

func TestAReporterOfSeveralOrganisationsSaysWhichOneReports(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.create(w.both, term.KindActivity, with(input{"title": "A"}))
		refused(t, err, fault.Invalid, "input.reporter")
		id, err := w.create(w.both, term.KindActivity, with(input{"title": "B", "donors": []any{"dfat"}, "implementers": []any{"unodc"}}))
		if err != nil || *w.activity(id).ReporterID != w.unodc {
			t.Errorf("the one that carries it out does not report: %v", err)
		}
		id, err = w.create(w.both, term.KindActivity, with(input{"title": "C", "reporter": "unodc"}))
		if err != nil || *w.activity(id).ReporterID != w.unodc {
			t.Errorf("the one that is named does not report: %v", err)
		}
	})
}

func TestAFocalPointWritesWhatHerStateOwnsAndGivesNothingAway(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		law := input{"title": "Act", "state": "THA", "status": "BILL", "elements": []any{input{"theme": "SMUGGLING", "element": "ATTEMPT", "coverage": "COVERED"}}}
		if _, err := w.create(w.focal, term.KindLaw, with(law)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.update(w.focal, term.KindLaw, with(input{"key": "act", "version": 1, "number": "7"})); err != nil {
			t.Error(err)
		}
		_, err := w.update(w.focal, term.KindLaw, with(input{"key": "act", "version": 2, "state": "LAO"}))
		refused(t, err, fault.Forbidden)
		_, err = w.create(w.focal, term.KindLaw, with(law, "state", "LAO"))
		refused(t, err, fault.Forbidden)
		_, err = w.create(w.focal, term.KindActivity, with(input{"title": "A"}))
		refused(t, err, fault.Forbidden)
		_, err = w.create(access.SignedIn(term.NewID(term.KindPerson), "Someone", []access.Grant{{Role: access.Member}}), term.KindLaw, with(law))
		if k := fault.KindOf(err); k != fault.Forbidden && k != fault.Invalid {
			t.Errorf("a member makes a law: %v", err)
		}
	})
}

// dispute raises a dispute.
func (w *world) dispute(v access.Viewer, record term.ID, version int, field, reason string) (term.ID, error) {
	return w.as(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Dispute(ctx, tx, record, version, field, reason)
	})
}

func (w *world) decide(v access.Viewer, id term.ID, uphold bool, reason string) error {
	_, err := w.as(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Decide(ctx, tx, id, uphold, reason)
	})
	return err
}

func (w *world) disputes(record term.ID) []*ent.Dispute {
	w.t.Helper()
	all, err := catalogue.DisputesOf(w.system(), w.st.Client, []term.ID{record})
	if err != nil {
		w.t.Fatal(err)
	}
	return all[record]
}

func TestADisputeKeepsBothStatementsUntilTheSecretariatDecides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "summary": "In Bangkok.", "states": []any{"THA"}, "donors": []any{"dfat"}, "reporter": "international-organization-for-migration", "visibility": "PUBLIC"})
		_, err := w.dispute(w.reporter, id, 1, "summary", "It was in Phuket.")
		refused(t, err, fault.Invalid)
		made, err := w.dispute(w.focal, id, 1, "summary", "It was in Phuket.")
		if err != nil {
			t.Fatal(err)
		}
		d := w.disputes(id)
		if len(d) != 1 || *d[0].Stated != "In Bangkok." || d[0].Statement != "It was in Phuket." || d[0].By != "Ministry of Interior" || d[0].Status != term.DisputeOpen || d[0].Visibility != term.Public {
			t.Fatalf("the disputes are %+v", d)
		}
		_, err = w.dispute(w.focal, id, 1, "summary", "Again.")
		refused(t, err, fault.Invalid)
		_, err = w.dispute(w.focal, id, 2, "states", "Not here.")
		refused(t, err, fault.Conflict)
		_, err = w.dispute(w.focal, id, 1, "colour", "Not here.")
		refused(t, err, fault.Invalid, "input.field")
		_, err = w.dispute(w.focal, id, 1, "states", " ")
		refused(t, err, fault.Invalid, "input.reason")
		refused(t, w.decide(w.focal, made, true, "I say so."), fault.Forbidden)
		refused(t, w.decide(w.keeper, made, true, ""), fault.Invalid, "input.reason")
		if err := w.decide(w.keeper, made, true, "The report says Phuket."); err != nil {
			t.Fatal(err)
		}
		if d := w.disputes(id)[0]; d.Status != term.DisputeUpheld || *d.Decision != "The report says Phuket." || *d.DecidedBy != "Regional Support Office" || d.OwnInterest || d.Statement != "It was in Phuket." {
			t.Errorf("the decision is %+v", d)
		}
		refused(t, w.decide(w.keeper, made, false, "No, not."), fault.Conflict)
		if a := w.activity(id); a.Version != 1 || *a.Summary != "In Bangkok." {
			t.Error("a dispute changes the record")
		}
	})
}

func TestWhoeverDecidesAboutHerOwnSideIsMarked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "donors": []any{"dfat"}, "reporter": "unodc", "visibility": "PUBLIC"})
		made, err := w.dispute(w.donor, id, 1, "", "All of it is wrong.")
		if err != nil {
			t.Fatal(err)
		}
		owner := access.SignedIn(term.NewID(term.KindPerson), "UNODC", []access.Grant{{Role: access.Secretariat}, {Role: access.Reporter, Actor: w.unodc}})
		if err := w.decide(owner, made, false, "It is right."); err != nil {
			t.Fatal(err)
		}
		if d := w.disputes(id)[0]; d.Status != term.DisputeDismissed || !d.OwnInterest || d.About != nil || d.Stated != nil {
			t.Errorf("the decision is %+v", d)
		}
	})
}

func TestOnlyWhoeverRaisedADisputeRetractsIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "states": []any{"THA"}, "donors": []any{"dfat"}, "reporter": "unodc", "visibility": "PUBLIC"})
		made, err := w.dispute(w.donor, id, 1, "", "All of it is wrong.")
		if err != nil {
			t.Fatal(err)
		}
		retract := func(v access.Viewer) error {
			_, err := w.as(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
				return catalogue.Retract(ctx, tx, made, "Sorry.")
			})
			return err
		}
		refused(t, retract(w.focal), fault.Forbidden)
		if err := retract(w.donor); err != nil {
			t.Fatal(err)
		}
		refused(t, retract(w.donor), fault.Conflict)
		refused(t, w.decide(w.keeper, made, true, "Too late."), fault.Conflict)
	})
}

// share sets with whom something is shared.
func (w *world) share(v access.Viewer, with catalogue.Sharing) error {
	_, err := w.as(v, func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return catalogue.Share(ctx, tx, with) })
	return err
}

func TestARestrictedRecordIsSharedWithExactlyThoseNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One", "reporter": "international-organization-for-migration"})
		shares := func(v access.Viewer) (out []string) {
			t.Helper()
			all, err := catalogue.SharesOf(access.With(t.Context(), v), w.st.Client, []term.ID{id})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all[id] {
				if s.Role != nil {
					out = append(out, string(*s.Role))
				} else {
					out = append(out, s.Edges.Actor.Key)
				}
			}
			slices.Sort(out)
			return out
		}
		sees := func(v access.Viewer) bool {
			n, err := w.st.Client.Activity.Query().Count(access.With(t.Context(), v))
			return err == nil && n == 1
		}
		if err := w.share(w.reporter, catalogue.Sharing{Record: id, Actors: []string{"dfat"}, Roles: []access.Role{access.Coordinator}}); err != nil {
			t.Fatal(err)
		}
		if got := shares(w.reporter); !slices.Equal(got, []string{"COORDINATOR", "dfat"}) || !sees(w.donor) {
			t.Errorf("it is shared with %v; the donor sees it: %v", got, sees(w.donor))
		}
		if got := shares(w.donor); len(got) != 0 {
			t.Errorf("she with whom it is shared sees with whom else: %v", got)
		}
		if err := w.share(w.keeper, catalogue.Sharing{Record: id, Actors: []string{"unodc"}, Roles: []access.Role{access.Coordinator}}); err != nil {
			t.Fatal(err)
		}
		if got := shares(w.keeper); !slices.Equal(got, []string{"COORDINATOR", "unodc"}) || sees(w.donor) {
			t.Errorf("it is shared with %v; the donor sees it: %v", got, sees(w.donor))
		}
		refused(t, w.share(w.donor, catalogue.Sharing{Record: id, Actors: []string{"dfat"}}), fault.NotFound)
		refused(t, w.share(w.reporter, catalogue.Sharing{Record: id, Actors: []string{"no-such"}}), fault.Invalid, "input.actors[0]")
		refused(t, w.share(w.reporter, catalogue.Sharing{Record: id, Roles: []access.Role{"KING"}}), fault.Invalid, "input.roles[0]")
		refused(t, w.share(w.reporter, catalogue.Sharing{}), fault.Invalid, "input.record")
		refused(t, w.share(w.reporter, catalogue.Sharing{Record: id, Funding: id}), fault.Invalid, "input.record")
		refused(t, w.share(w.reporter, catalogue.Sharing{Record: w.thailand}), fault.Invalid, "input.record")
	})
}

func TestPermissionsFollowRolesAndTheScopesOfAToken(t *testing.T) {
	grant := func(roles ...access.Role) access.Viewer {
		v := access.Viewer{Person: 1}
		for _, r := range roles {
			v.Grants = append(v.Grants, access.Grant{Role: r})
		}
		return v
	}
	token := grant(access.Secretariat, access.Administrator)
	token.Scopes = []access.Scope{access.ScopeRead}
	for name, test := range map[string]struct {
		v    access.Viewer
		want []catalogue.Permission
		role access.Role
	}{
		"visitor":       {access.Anonymous(), nil, access.Member},
		"member":        {grant(access.Member), []catalogue.Permission{catalogue.ReadMembers}, access.Member},
		"reporter":      {grant(access.Reporter), []catalogue.Permission{catalogue.ReadMembers, catalogue.EditOwnOrganisation, catalogue.MayRaiseDispute, catalogue.MayShare}, access.Reporter},
		"focal point":   {grant(access.FocalPoint), []catalogue.Permission{catalogue.ReadMembers, catalogue.EditOwnChapter, catalogue.MayRaiseDispute, catalogue.MayShare}, access.FocalPoint},
		"administrator": {grant(access.Administrator), []catalogue.Permission{catalogue.ReadMembers, catalogue.KeepAccounts}, access.Administrator},
		"first start": {grant(access.Administrator, access.Secretariat), []catalogue.Permission{catalogue.ReadMembers, catalogue.EditAll, catalogue.MayDecide, catalogue.MayShare,
			catalogue.KeepAccounts, catalogue.RunCycles}, access.Secretariat},
		"reading token": {token, []catalogue.Permission{catalogue.ReadMembers}, access.Secretariat},
	} {
		if got := catalogue.Permissions(test.v); !slices.Equal(got, test.want) {
			t.Errorf("a %s may %v; expected %v", name, got, test.want)
		}
		if got := catalogue.MainRole(test.v); got != test.role {
			t.Errorf("a %s is %s; expected %s", name, got, test.role)
		}
	}
}
