package seed

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/historyentry"
	"adam/ent/membership"
	"adam/ent/record"
	"adam/ent/state"
	"adam/ent/treatyaction"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

// The catalogue as it stands right after the shipped data was loaded.
func TestTheLoadedCatalogue(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *store.Store) {
		loaded(t, s, shippedFiles(t))
		for _, test := range []struct {
			name string
			run  func(*testing.T, *ent.Client)
		}{
			{"has the totals of each type", hasTheTotals},
			{"has 15 chapters, two of them suspended", hasTheChapters},
			{"holds in each chapter what the document counts", holdsInEachChapter},
			{"names 68 places without a chapter", namesThePlaces},
			{"rolls agencies up to their governments", rollsUp},
			{"keeps unknown money apart from none (rule 1)", keepsUnknownMoney},
			{"holds money to the last digit (rule 2)", holdsMoneyExactly},
			{"marks the estimate (rule 2)", marksTheEstimate},
			{"keeps a year a year (rule 1)", keepsAYear},
			{"is public, and by nobody verified (rule 3)", isPublic},
			{"remembers how each record came (rule 4)", remembersEachRecord},
			{"can be searched", canBeSearched},
			{"says of treaties and groups what was stated", saysWhatWasStated},
			{"uses only words of the vocabulary", usesKnownWords},
		} {
			t.Run(test.name, func(t *testing.T) { test.run(t, s.Client) })
		}
	})
}

type counter interface {
	Count(context.Context) (int, error)
}

func hasCount(t *testing.T, what string, want int, q counter) {
	t.Helper()
	if n, err := q.Count(testdb.Context(t)); err != nil || n != want {
		t.Errorf("%d %s, %v; expected %d", n, what, err, want)
	}
}

func hasTheTotals(t *testing.T, c *ent.Client) {
	for _, test := range []struct {
		what string
		want int
		q    counter
	}{
		{"States", 14 + 68, c.State.Query()}, {"laws", 64, c.Law.Query()}, {"policies", 35, c.PolicyDocument.Query()},
		{"mechanisms", 66, c.CoordinationMechanism.Query()}, {"actors", 173, c.Actor.Query()}, {"activities", 175, c.Activity.Query()},
		{"records", shippedRecords, c.Record.Query()}, {"chapters", 15, c.Chapter.Query()}, {"rates", 766, c.Rate.Query()},
		{"sources", 63 + 117 + 51 + 97 + 174 + 269, c.Source.Query()}, {"treaty actions", 14 * 4, c.TreatyAction.Query()},
		{"memberships", 14*3 + 57, c.Membership.Query()}, {"provisions", elementsRead(t), c.Provision.Query()}, {"amendments", 36, c.Amendment.Query()},
		{"funding lines", 162, c.Funding.Query()}, {"relations", 25, c.Relation.Query()},
		{"other names", 0, c.OtherName.Query()}, {"contacts", 0, c.Contact.Query()}, {"needs", 0, c.Need.Query()},
		{"responses", 0, c.Response.Query()}, {"editions", 0, c.Edition.Query()}, {"cycles", 0, c.ReviewCycle.Query()},
	} {
		hasCount(t, test.what, test.want, test.q)
	}
}

// elementsRead counts the offence elements of laws.yaml; what is not listed is not examined and has no row (rule 1).
func elementsRead(t *testing.T) (n int) {
	for _, l := range shippedFiles(t).Laws {
		n += len(l.Elements.Trafficking) + len(l.Elements.Smuggling)
	}
	if n != 217 {
		t.Errorf("laws.yaml lists %d elements; expected 217", n)
	}
	return n
}

func hasTheChapters(t *testing.T, c *ent.Client) {
	for _, ch := range all(t, c.Chapter.Query().WithState()) {
		want := term.NotOpened
		if ch.Code == "AFG" || ch.Code == "MMR" {
			want = term.Suspended
		}
		if ch.Status != want || ch.VerifiedStatus != term.Unverified || ch.ReadingsReleased {
			t.Errorf("%s is %s, %s; expected %s", ch.Code, ch.Status, ch.VerifiedStatus, want)
		}
		switch s := ch.Edges.State; {
		case (s == nil) != (ch.Code == RegionalChapter):
			t.Errorf("%s has the State %v", ch.Code, s)
		case s != nil && (s.Code != ch.Code || s.Name != ch.Title):
			t.Errorf("%s, %s has the State %s, %s", ch.Code, ch.Title, s.Code, s.Name)
		}
	}
}

func holdsInEachChapter(t *testing.T, c *ent.Client) {
	for _, row := range table(t, "## Chapters") {
		n, sum := inChapter(t, c, row[0]), 0
		for i, got := range n {
			if sum += got; strconv.Itoa(got) != row[i+1] {
				t.Errorf("%s holds %v; the document counts %v", row[0], n, row[1:])
				break
			}
		}
		if strconv.Itoa(sum) != row[6] {
			t.Errorf("%s holds %d in all; the document counts %s", row[0], sum, row[6])
		}
	}
	if n := inChapter(t, c, "LAO"); n[0]+n[1]+n[2]+n[3]+n[4] != 131 {
		t.Errorf("the Lao chapter holds %v; the model says 131 in all", n)
	}
}

func namesThePlaces(t *testing.T, c *ent.Client) {
	places := all(t, c.State.Query().Where(state.Not(state.HasChapter())))
	if len(places) != 68 {
		t.Errorf("%d States are without a chapter; expected 68", len(places))
	}
	for _, p := range places {
		if p.Capital != nil || p.OfficialName == nil || p.Subregion == nil || !strings.HasPrefix(p.Key, "state-") || p.Evidence != term.OwnKnowledge {
			t.Errorf("%s is %+v", p.Code, p)
		}
	}
	for code, key := range map[string]string{"PHL": "state-philippines", "TLS": "state-timor-leste", "TUR": "state-turkiye", "GBR": "state-united-kingdom-of-great-britain-and-northern-ireland"} {
		if s, err := c.State.Query().Where(state.Code(code)).Only(testdb.Context(t)); err != nil || s.Key != key {
			t.Errorf("%s has the key %v, %v; expected %s", code, s, err, key)
		}
	}
}

// rollsUp checks whose money an agency gives. The European Union, foundations and funds are nobody's agency.
func rollsUp(t *testing.T, c *ent.Client) {
	governments := map[string]string{}
	for _, a := range all(t, c.Actor.Query().WithGovernment().WithState()) {
		g := ""
		if a.Edges.Government != nil {
			g = a.Edges.Government.Code
			governments[a.Key] = g
		}
		switch own := a.Edges.State; {
		case a.Kind == term.StateAuthority && (own == nil || g != own.Code):
			t.Errorf("%s is an authority of %v and rolls up to %q", a.Key, own, g)
		case a.Kind != term.StateAuthority && a.Kind != term.DonorAgency && g != "":
			t.Errorf("%s is %s and rolls up to %s", a.Key, a.Kind, g)
		case a.Kind == term.DonorAgency && g == "" && !slices.Contains(nobodys, a.Key):
			t.Errorf("%s gives money and rolls up to nobody: add it to governments.yaml, or here to those of nobody", a.Key)
		}
	}
	for key, want := range map[string]string{"australia-dfat": "AUS", "australia-afp": "AUS", "ausaid": "AUS", "usa-inl": "USA", "jica": "JPN", "uk-fcdo": "GBR"} {
		if governments[key] != want {
			t.Errorf("%s rolls up to %q; expected %s", key, governments[key], want)
		}
	}
	for _, key := range append([]string{"freedom-fund", "iom", "unodc", "commit", "cardno"}, nobodys...) {
		if g, ok := governments[key]; ok {
			t.Errorf("%s rolls up to %s; it is no agency of a State", key, g)
		}
	}
	hasCount(t, "agencies of Australia", 4, c.State.Query().Where(state.Code("AUS")).QueryGovernmentAgencies())
}

var nobodys = []string{"eu", "humanity-united", "walmart-foundation", "un-human-security-fund", "un-foundation", "iom-development-fund"}

func isPublic(t *testing.T, c *ent.Client) {
	check := func(key string, v term.Visibility, s term.VerificationStatus, by *string, p *string) {
		if v != term.Public || s != term.Unverified || by != nil || p == nil || *p != Verification {
			t.Errorf("%s is %s and %s by %v: %v", key, v, s, by, p)
		}
	}
	for _, r := range all(t, c.State.Query()) {
		check(r.Key, r.Visibility, r.VerifiedStatus, r.VerifiedBy, r.Provenance)
	}
	for _, r := range all(t, c.Actor.Query()) {
		check(r.Key, r.Visibility, r.VerifiedStatus, r.VerifiedBy, r.Provenance)
	}
	for _, r := range all(t, c.Law.Query()) {
		check(r.Key, r.Visibility, r.VerifiedStatus, r.VerifiedBy, r.Provenance)
	}
	for _, r := range all(t, c.PolicyDocument.Query()) {
		check(r.Key, r.Visibility, r.VerifiedStatus, r.VerifiedBy, r.Provenance)
	}
	for _, r := range all(t, c.CoordinationMechanism.Query()) {
		check(r.Key, r.Visibility, r.VerifiedStatus, r.VerifiedBy, r.Provenance)
	}
	for _, r := range all(t, c.Activity.Query()) {
		check(r.Key, r.Visibility, r.VerifiedStatus, r.VerifiedBy, r.Provenance)
	}
}

func remembersEachRecord(t *testing.T, c *ent.Client) {
	hasCount(t, "entries of history", shippedRecords, c.HistoryEntry.Query())
	hasCount(t, "records without an entry", 0, c.Record.Query().Where(record.Not(record.HasHistory())))
	for _, h := range all(t, c.HistoryEntry.Query()) {
		if h.Action != term.ActionCreated || h.Version != 1 || h.By != LoadedBy || h.Reason == nil || *h.Reason != "Loaded with the program: "+Verification || h.Visibility != term.Public {
			t.Fatalf("the entry of %s is %+v", h.RecordID, h)
		}
	}
	hasCount(t, "actors not made by the loader", 0, c.Actor.Query().Where(actor.CreatedByNEQ(LoadedBy)))
	hasCount(t, "entries that are not of the first version", 0, c.HistoryEntry.Query().Where(historyentry.VersionNEQ(1)))
}

func canBeSearched(t *testing.T, c *ent.Client) {
	for _, r := range all(t, c.Record.Query()) {
		if r.Title == "" || r.TitleTokens == "" || r.KeyTokens == "" {
			t.Errorf("%s %s is found by %q and %q", r.Kind, r.Key, r.TitleTokens, r.KeyTokens)
		}
	}
}

func saysWhatWasStated(t *testing.T, c *ent.Client) {
	refugees := treatyaction.TreatyEQ(term.RefugeeConvention)
	hasCount(t, "stated absences from the Refugee Convention", 11, c.TreatyAction.Query().Where(refugees, treatyaction.Party(false)))
	hasCount(t, "parties by accession, as the field calls it", 3, c.TreatyAction.Query().Where(refugees, treatyaction.Party(true), treatyaction.ModeEQ(term.Accession)))
	hasCount(t, "modes made up", 0, c.TreatyAction.Query().Where(refugees, treatyaction.Party(false), treatyaction.ModeNEQ(term.ModeUnknown)))
	hasCount(t, "stated absences from a group (6 ASEAN, 9 SAARC)", 15, c.Membership.Query().Where(membership.Member(false)))
	hasCount(t, "dates of the Bali Process made up", 0, c.Membership.Query().Where(membership.GroupEQ(term.GroupBaliProcess),
		membership.SinceNEQ(""), membership.HasStateWith(state.HasChapter())))
	hasCount(t, "memberships of a Lao chapter", 4, c.Chapter.Query().Where(chapter.Code("LAO")).QueryState().QueryMemberships())
}

// usesKnownWords: the database would take any word into a list of words, so they are compared with the vocabulary.
func usesKnownWords(t *testing.T, c *ent.Client) {
	known := func(key string, values []string, words ...string) {
		for _, w := range words {
			if !slices.Contains(values, w) {
				t.Errorf("%s: %s is no word of %v", key, w, values)
			}
		}
	}
	for _, a := range all(t, c.Activity.Query()) {
		known(a.Key, term.AssistanceType("").Values(), texts(a.AssistanceTypes)...)
		known(a.Key, term.Audience("").Values(), texts(a.TargetAudiences)...)
		known(a.Key, term.Topic("").Values(), texts(a.Topics)...)
	}
	for _, a := range all(t, c.Actor.Query()) {
		known(a.Key, []string{string(term.RoleDonor), string(term.RoleImplementer), string(term.RoleRecipient), string(term.RoleCoordinator)}, texts(a.StatedRoles)...)
	}
}

func texts[T ~string](codes []T) []string {
	var out []string
	for _, c := range codes {
		out = append(out, fmt.Sprint(c))
	}
	return out
}
