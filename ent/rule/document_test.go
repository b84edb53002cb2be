package rule_test

import (
	"adam/internal/testdb"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/externalidentifier"
	"adam/ent/othername"
	"adam/ent/rule"
	"adam/internal/term"
)

func TestTheSearchDocumentFollowsTheTitle(t *testing.T) {
	eachType(t, func(t *testing.T, w *world, r recordType) {
		id := w.add(t, r, "document-08", "Quokka council")
		d := w.document(t, id)
		if d.ID != id || d.Key != "document-08" || d.Title != "Quokka council" || d.Kind.Kind() != r.kind {
			t.Errorf("the anchor is %+v", d)
		}
		if !finds(d.TitleTokens, "quokka") || !finds(d.KeyTokens, "document") {
			t.Errorf("the document is found by %q and %q", d.TitleTokens, d.KeyTokens)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error { return r.rename(ctx, c, id, "Wombat council") })
		if d = w.document(t, id); !finds(d.TitleTokens, "wombat") || finds(d.TitleTokens, "quokka") || d.Title != "Wombat council" {
			t.Errorf("renamed, the document is found by %q", d.TitleTokens)
		}
		if hits := searched(t, w, "wombat"); !slices.Contains(hits, id) {
			t.Errorf("search finds %v", hits)
		}
		if hits := searched(t, w, "quokka"); len(hits) != 0 {
			t.Errorf("search finds the old title: %v", hits)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error { return r.withdraw(ctx, c, id, true) })
		d = w.document(t, id)
		if all := d.KeyTokens + d.TitleTokens + d.NamesTokens + d.BodyTokens; all != "" {
			t.Errorf("withdrawn, the document is found by %q", all)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return r.withdraw(rule.WithWithdrawn(ctx), c, id, false)
		})
		if d = w.document(t, id); !finds(d.TitleTokens, "wombat") {
			t.Errorf("restored, the document is found by %q", d.TitleTokens)
		}
	})
}

func TestTheSearchDocumentOfAnActorFollowsItsOtherNames(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, actorType, "iom", "International Organization for Migration")
		other := w.add(t, actorType, "other", "Other")
		check := func(what string, names ...string) {
			t.Helper()
			d := w.document(t, id)
			got := strings.Split(d.Names, "\n")
			slices.Sort(got)
			if d.Names == "" {
				got = nil
			}
			if !slices.Equal(got, names) {
				t.Errorf("%s: the names are %q; expected %q", what, got, names)
			}
			for _, n := range names {
				if !finds(d.NamesTokens, strings.ToLower(n)) {
					t.Errorf("%s: %s is not found in %q", what, n, d.NamesTokens)
				}
			}
		}
		var oim, icm term.ID
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			rows, err := c.OtherName.CreateBulk(c.OtherName.Create().SetActorID(id).SetName("OIM"), c.OtherName.Create().SetActorID(id).SetName("ICM"),
				c.OtherName.Create().SetActorID(other).SetName("PICMME")).Save(ctx)
			if err == nil {
				oim, icm = rows[0].ID, rows[1].ID
			}
			return err
		})
		check("added", "ICM", "OIM")
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return c.OtherName.UpdateOneID(oim).SetName("OIMM").Exec(ctx)
		})
		check("changed", "ICM", "OIMM")
		w.do(t, func(ctx context.Context, c *ent.Client) error { return c.OtherName.DeleteOneID(icm).Exec(ctx) })
		check("one removed", "OIMM")
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return c.Actor.UpdateOneID(id).SetAcronym("IOM").Exec(ctx)
		})
		check("with an acronym", "IOM", "OIMM")
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return c.OtherName.Update().Where(othername.ActorIDIn(id, other)).SetName("X1").Exec(ctx)
		})
		check("changed in bulk", "IOM", "X1")
		if d := w.document(t, other); d.Names != "X1" {
			t.Errorf("the other actor is called %q", d.Names)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			_, err := c.OtherName.Delete().Where(othername.ActorID(id)).Exec(ctx)
			return err
		})
		check("all removed", "IOM")
		w.do(t, func(ctx context.Context, c *ent.Client) error { return actorType.withdraw(ctx, c, id, true) })
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return c.OtherName.Create().SetActorID(id).SetName("OIM").Exec(ctx)
		})
		if d := w.document(t, id); d.NamesTokens != "" || d.TitleTokens != "" {
			t.Errorf("a name given to a withdrawn actor makes it found by %q", d.NamesTokens)
		}
	})
}

func TestTheSearchDocumentFollowsAmendmentsAndIdentifiers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		law := w.add(t, lawType, "penal-code", "Penal Code")
		activity := w.add(t, activityType, "training", "Training")
		var amendment term.ID
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			a, err := c.Amendment.Create().SetLawID(law).SetTitle("Numbat Amendment Act").Save(ctx)
			if err != nil {
				return err
			}
			amendment = a.ID
			return c.ExternalIdentifier.Create().SetActivityID(activity).SetValue("XM-DAC-47066-TC0123").Exec(ctx)
		})
		if !finds(w.document(t, law).BodyTokens, "numbat") || !finds(w.document(t, activity).BodyTokens, "tc0123") {
			t.Errorf("the documents are found by %q and %q", w.document(t, law).BodyTokens, w.document(t, activity).BodyTokens)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			if err := c.Amendment.UpdateOneID(amendment).SetTitle("Bilby Amendment Act").Exec(ctx); err != nil {
				return err
			}
			_, err := c.ExternalIdentifier.Delete().Where(externalidentifier.ActivityID(activity)).Exec(ctx)
			return err
		})
		if d := w.document(t, law); !finds(d.BodyTokens, "bilby") || finds(d.BodyTokens, "numbat") {
			t.Errorf("the law is found by %q", d.BodyTokens)
		}
		if d := w.document(t, activity); d.Body != "" {
			t.Errorf("without an identifier the activity is found by %q", d.BodyTokens)
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error { return c.Amendment.DeleteOneID(amendment).Exec(ctx) })
		if d := w.document(t, law); finds(d.BodyTokens, "bilby") {
			t.Errorf("without an amendment the law is found by %q", d.BodyTokens)
		}
	})
}

func TestEveryTextOfARecordIsFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		activity := w.add(t, activityType, "training", "Training")
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return c.Activity.UpdateOneID(activity).SetAcronym("TRG").SetSummary("alpha").SetResults("bravo").SetNote("charlie").
				SetPlaces([]string{"Vientiane", "Savannakhet"}).Exec(ctx)
		})
		d := w.document(t, activity)
		for _, word := range []string{"alpha", "bravo", "charlie", "vientiane", "savannakhet"} {
			if !finds(d.BodyTokens, word) {
				t.Errorf("%s is not found in %q", word, d.BodyTokens)
			}
		}
		if !finds(d.NamesTokens, "trg") {
			t.Errorf("the acronym is not found in %q", d.NamesTokens)
		}
	})
}

// Whoever looks for a State finds its laws, also after the State took another name.
func TestWhatBelongsToAStateIsFoundByTheNameThatItHas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var ids []term.ID
		for _, r := range []recordType{actorType, lawType, policyType, mechanismType, needType} {
			ids = append(ids, w.add(t, r, "of-the-state", "Of the State"))
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error {
			return errors.Join(c.Actor.UpdateOneID(ids[0]).SetStateID(w.state).Exec(ctx), c.PolicyDocument.UpdateOneID(ids[2]).SetStateID(w.state).Exec(ctx),
				c.CoordinationMechanism.UpdateOneID(ids[3]).SetStateID(w.state).Exec(ctx))
		})
		hidden := w.add(t, lawType, "hidden", "Hidden")
		w.do(t, func(ctx context.Context, c *ent.Client) error { return lawType.withdraw(ctx, c, hidden, true) })
		for _, id := range ids {
			if !finds(w.document(t, id).BodyTokens, "lao") {
				t.Errorf("%s is not found by its State: %q", id, w.document(t, id).BodyTokens)
			}
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error { return stateType.rename(ctx, c, w.state, "Lan Xang") })
		for _, id := range ids {
			if d := w.document(t, id); finds(d.BodyTokens, "lao") || !finds(d.BodyTokens, "xang") {
				t.Errorf("%s is not found by the new name of its State: %q", id, d.BodyTokens)
			}
		}
		w.do(t, func(ctx context.Context, c *ent.Client) error { return stateType.withdraw(ctx, c, w.state, true) })
		for _, id := range ids {
			if d := w.document(t, id); finds(d.BodyTokens, "xang") {
				t.Errorf("%s is found by the name of a withdrawn State: %q", id, d.BodyTokens)
			}
		}
		if d := w.document(t, hidden); d.BodyTokens != "" {
			t.Errorf("a withdrawn law is found by the new name of its State: %q", d.BodyTokens)
		}
	})
}

// A loader writes each document once, at its end.
func TestDocumentsMayBeWrittenLater(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var id term.ID
		ctx := rule.Later(acting(testdb.Context(t), ""))
		err := w.tryAs(ctx, func(ctx context.Context, c *ent.Client) (err error) {
			if id, err = actorType.create(ctx, c, w, "agency", "Agency"); err != nil {
				return err
			}
			if err := c.OtherName.Create().SetActorID(id).SetName("Bureau").Exec(ctx); err != nil {
				return err
			}
			if r, err := c.Record.Get(ctx, id); err != nil || r.TitleTokens != "" {
				t.Errorf("the document was written at once: %q, %v", r.TitleTokens, err)
			}
			return rule.Flush(ctx, c)
		})
		if err != nil {
			t.Fatal(err)
		}
		if d := w.document(t, id); !finds(d.TitleTokens, "agency") || !finds(d.NamesTokens, "bureau") {
			t.Errorf("at the end the document is found by %q and %q", d.TitleTokens, d.NamesTokens)
		}
		if err := rule.Flush(testdb.Context(t), w.s.Client); err != nil {
			t.Errorf("with nothing put off, there is nothing to write: %v", err)
		}
	})
}

func TestNamesSortWithoutCaseAndAccents(t *testing.T) {
	for title, want := range map[string]string{
		"The Penal Code": "the penal code", "ÉCOLE": "ecole", "  Many   spaces ": "many spaces", "": "",
	} {
		if got := rule.SortName(title); got != want {
			t.Errorf("%q sorts as %q; expected %q", title, got, want)
		}
	}
	if got := rule.SortName(strings.Repeat("word ", 10_000)); len(strings.Fields(got)) != 30 {
		t.Errorf("a long title sorts by %d words", len(strings.Fields(got)))
	}
}
