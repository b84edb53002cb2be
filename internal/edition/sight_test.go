package edition_test

import (
	"context"
	"os"
	"testing"

	"adam/ent/rule"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/sight"
	"adam/internal/testdb"
)

func init() { edition.AtEnd(sight.Close) }

// files are the editions that are compared, each with the viewer from whose reduced database it is cut too.
var files = map[access.Audience]sight.Who{access.Public: sight.Anonymous, access.Members: sight.Member}

// Non-interference (promises.md), for what is downloaded: an edition is the same as one cut from a database that never
// held what its audience may not see, and no byte of it is of that.
func TestSightNoEditionDependsOnWhatItsAudienceMayNotSee(t *testing.T) {
	s := sight.Of(t)
	for a, v := range files {
		path := sight.EditionFile(s.Real[v].Editions, sight.Edition, a)
		difference, err := sight.FileDifference(t.Context(), path, sight.EditionFile(s.Reduced[v].Editions, sight.Edition, a))
		if err != nil || difference != "" {
			t.Errorf("%s: %v, %s", a, err, difference)
		}
		bytes, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if c := s.CanaryIn(v, "", bytes); c != "" {
			t.Errorf("%s: the file holds %q", a, c)
		}
		t.Logf("%s: %d bytes", a, len(bytes))
	}
}

// invisible are the broken rules that change no edition, each with the reason.
var invisible = map[string]string{
	"editions replace status ": "the edition of the fixture is published already; the tests of releasing have one in the making",
	"shares needs record_id":   noShares, "shares needs funding_id": noShares, "shares needs actor_id": noShares,
}

const noShares = "no edition has shares: what else their rule asks for plays no part"

// A comparison that finds nothing proves nothing: with any one of the rules broken, an edition must differ.
func TestSightEveryBrokenRuleChangesAnEdition(t *testing.T) {
	s, killed := sight.Of(t), 0
	mutants := s.Mutants()
	for _, m := range mutants {
		rules := rule.Tables()
		rules[m.Table] = m.Broken
		if rule.Private[m.Table] != "" { // their rows fall with a person or an entry: two doors, one behind the other
			rules["people"], rules["log_entries"] = m.Broken, m.Broken
		}
		var noticed access.Audience
		edition.WithRules(rules, func() {
			for _, a := range []access.Audience{access.Public, access.Members} {
				if noticed == "" && differs(t, s, a) {
					noticed = a
				}
			}
		})
		if why := invisible[m.Name]; (noticed == "") != (why != "") {
			t.Errorf("%s: noticed in the edition of %q, though: %q", m.Name, noticed, why)
		}
		if noticed != "" {
			killed++
		}
	}
	t.Logf("%d of %d mutants killed", killed, len(mutants)-len(invisible))
}

// differs cuts an edition by the rules of the moment and compares it.
func differs(t *testing.T, s *sight.Sight, a access.Audience) bool {
	t.Helper()
	folder, v := t.TempDir(), files[a]
	if err := edition.Cut(testdb.Context(t), s.Store, folder, sight.Edition, a); err != nil {
		return true // it could not be cut: nobody is shown anything
	}
	difference, err := sight.FileDifference(context.Background(), sight.EditionFile(folder, sight.Edition, a), sight.EditionFile(s.Reduced[v].Editions, sight.Edition, a))
	if err != nil {
		t.Fatal(err)
	}
	return difference != ""
}
