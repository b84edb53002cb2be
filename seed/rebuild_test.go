package seed

import (
	"adam/internal/testdb"
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/source"
	"adam/ent/state"
	"adam/internal/term"
)

// The files are written back here from the database, by the tables of docs/data.md read from right to left. Nothing
// but ent is asked: what the loader forgot cannot be known.

// rebuilder writes the six files back.
type rebuilder struct {
	t       *testing.T
	c       *ent.Client
	sources map[term.ID][]*ent.Source
	keys    map[term.ID]string // of every record, by its anchor
}

func newRebuilder(t *testing.T, c *ent.Client) *rebuilder {
	t.Helper()
	r := &rebuilder{t: t, c: c, sources: map[term.ID][]*ent.Source{}, keys: map[term.ID]string{}}
	for _, s := range all(t, c.Source.Query().Order(source.ByPosition())) {
		r.sources[s.RecordID] = append(r.sources[s.RecordID], s)
	}
	for _, a := range all(t, c.Record.Query()) {
		r.keys[a.ID] = a.Key
	}
	return r
}

// all gives the rows of a query.
func all[T any](t *testing.T, q interface {
	All(context.Context) ([]*T, error)
}) []*T {
	t.Helper()
	rows, err := q.All(testdb.Context(t))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// files writes back what the database holds of each file.
func (r *rebuilder) files() map[string]any {
	return map[string]any{StatesFile: r.states(), LawsFile: r.laws(), PoliciesFile: r.policies(), MechanismsFile: r.mechanisms(),
		ActorsFile: r.actors(), ActivitiesFile: r.activities()}
}

// rebuiltLeaves lists the leaves of all files as the database gives them back.
func rebuiltLeaves(t *testing.T, c *ent.Client) []Leaf {
	t.Helper()
	return flattened(t, newRebuilder(t, c).files())
}

func flattened(t *testing.T, files map[string]any) []Leaf {
	t.Helper()
	var out []Leaf
	for _, file := range CatalogueFiles() {
		leaves, err := Flatten(file, files[file])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, leaves...)
	}
	return out
}

func (r *rebuilder) states() []State {
	var out []State
	for _, s := range all(r.t, r.c.State.Query().Where(state.HasChapter()).WithTreatyActions().WithMemberships()) {
		treaties, groups := map[term.Treaty]*ent.TreatyAction{}, map[term.Group]*ent.Membership{}
		for _, a := range s.Edges.TreatyActions {
			treaties[a.Treaty] = a
		}
		for _, m := range s.Edges.Memberships {
			groups[m.Group] = m
		}
		treaty := func(of term.Treaty) TreatyAction {
			a := treaties[of]
			return TreatyAction{dated(a.SignedOn), dated(a.BoundOn), small(a.Mode), a.Party, small(a.Confidence), a.Note}
		}
		refugees := treaties[term.RefugeeConvention]
		out = append(out, State{Key: s.Key, Name: s.Name, ISO2: s.Alpha2, ISO3: s.Code, M49: s.M49, Region: *s.Subregion,
			OfficialName: *s.OfficialName, Capital: *s.Capital,
			Treaties:              Treaties{treaty(term.UNTOC), treaty(term.TIPProtocol), treaty(term.SOMProtocol)},
			RefugeeConvention1951: refugees.Party, RefugeeConventionAccession: dated(refugees.BoundOn),
			BaliProcessMember: groups[term.GroupBaliProcess].Member,
			ASEANMember:       groups[term.GroupASEAN].Member, ASEANSince: yearOf(r.t, groups[term.GroupASEAN].Since),
			SAARCMember: groups[term.GroupSAARC].Member, SAARCSince: yearOf(r.t, groups[term.GroupSAARC].Since),
			Note: s.Note, Verification: *s.Provenance, Evidence: small(s.Evidence), Confidence: small(s.Confidence), Sources: r.citedInYAML(s.ID)})
	}
	return out
}

func (r *rebuilder) laws() []Law {
	var out []Law
	for _, l := range all(r.t, r.c.Law.Query().WithState().WithInChapters().WithReplacedBy().WithProvisions().WithPenalties().WithAmendments()) {
		if codes := codesOf(l.Edges.InChapters); !slices.Equal(codes, []string{l.Edges.State.Code}) {
			r.t.Errorf("%s stands in the chapters %v; expected that of its State %s", l.Key, codes, l.Edges.State.Code)
		}
		x := Law{Key: l.Key, Country: l.Edges.State.Code, Title: l.Title, TitleLocal: l.TitleLocal, Number: l.Number, Year: *yearOf(r.t, l.Year),
			Adopted: dated(l.AdoptedOn), InForce: dated(l.InForceOn), Status: small(l.Status), AmendedBy: []Amendment{},
			Themes:                  r.themes(LawsFile, l.Smuggling, l.Trafficking, l.Topics),
			CriminalisesTrafficking: wordFor(criminalisation, l.CriminalisesTrafficking), CriminalisesSmuggling: wordFor(criminalisation, l.CriminalisesSmuggling),
			Elements: Elements{[]string{}, []string{}}, Penalties: Penalties{Note: l.PenaltyNote}, KeyArticles: l.KeyArticles, Summary: *l.Summary,
			Note: l.Note, Verification: *l.Provenance, Evidence: small(l.Evidence), Confidence: small(l.Confidence), Sources: r.citedInYAML(l.ID)}
		if l.Edges.ReplacedBy != nil {
			x.ReplacedBy = &l.Edges.ReplacedBy.Key
		}
		r.lawParts(&x, l)
		out = append(out, x)
	}
	return out
}

func (r *rebuilder) lawParts(x *Law, l *ent.Law) {
	for _, a := range byPosition(l.Edges.Amendments, func(a *ent.Amendment) int { return a.Position }) {
		b := Amendment{Title: a.Title, Number: a.Number, Year: *yearOf(r.t, a.Year)}
		if a.AmendingLawID != nil {
			b.Key = new(r.keys[*a.AmendingLawID])
		}
		x.AmendedBy = append(x.AmendedBy, b)
	}
	for _, p := range l.Edges.Provisions {
		if p.Coverage != term.Covered || !p.FirstReading || p.Article != nil {
			r.t.Errorf("%s, %s: expected a first reading that covers it, without an article", l.Key, p.Element)
		}
		list := &x.Elements.Trafficking
		if p.Theme == term.Smuggling {
			list = &x.Elements.Smuggling
		}
		*list = append(*list, small(p.Element))
	}
	for _, p := range l.Edges.Penalties {
		m := &MaxPenalty{Life: p.Kind == term.PenaltyLife}
		if p.Years != nil {
			m.Years = *p.Years
		}
		if p.Theme == term.Smuggling {
			x.Penalties.Smuggling = m
		} else {
			x.Penalties.Trafficking = m
		}
	}
}

func (r *rebuilder) policies() []Policy {
	var out []Policy
	for _, p := range all(r.t, r.c.PolicyDocument.Query().WithState().WithInChapters()) {
		country := RegionalPolicy
		if p.Edges.State != nil {
			country = p.Edges.State.Code
		}
		if codes := codesOf(p.Edges.InChapters); !slices.Equal(codes, ChaptersOfPolicy(Policy{Country: country})) {
			r.t.Errorf("%s of %s stands in the chapters %v", p.Key, country, codes)
		}
		out = append(out, Policy{Key: p.Key, Country: country, Title: p.Title, Number: p.Number, PeriodFrom: yearOf(r.t, p.PeriodFrom),
			PeriodTo: yearOf(r.t, p.PeriodTo), Status: small(p.Status), LeadAuthority: *p.LeadAuthority,
			Themes:        r.themes(PoliciesFile, p.Smuggling, p.Trafficking, p.Topics),
			Comprehensive: Comprehensive{wordFor(comprehensiveness, p.ComprehensiveTrafficking), wordFor(comprehensiveness, p.ComprehensiveSmuggling)},
			Summary:       *p.Summary, Note: p.Note, Verification: *p.Provenance, Evidence: small(p.Evidence), Confidence: small(p.Confidence),
			Sources: r.citedInYAML(p.ID)})
	}
	return out
}

// themes writes back what a record is about, with the words of its file.
func (r *rebuilder) themes(file string, smuggling, trafficking term.Significance, topics []term.Topic) []string {
	out := []string{}
	add := func(word string, known bool) {
		if !known {
			r.t.Errorf("%s has no word for one of %v", file, topics)
		}
		out = append(out, word)
	}
	for theme, s := range map[term.Theme]term.Significance{term.Smuggling: smuggling, term.Trafficking: trafficking} {
		if s == term.Principal {
			add(Spelling(file, theme))
		} else if s != term.NotTargeted {
			r.t.Errorf("a shipped record is %s about %s; expected PRINCIPAL or NOT_TARGETED", s, theme)
		}
	}
	for _, t := range topics {
		add(Spelling(file, t))
	}
	return out
}

func (r *rebuilder) citedInYAML(record term.ID) []Source {
	out := []Source{}
	for _, s := range r.sources[record] {
		if s.Kind != term.DeskResearch || s.CopyRead != nil || s.Note != nil {
			r.t.Errorf("%s has a source %+v, which no YAML file can say", record, s)
		}
		out = append(out, Source{s.Title, *s.Publisher, s.URL, string(s.AccessedOn)})
	}
	return out
}

func (r *rebuilder) citedInJSON(record term.ID) []Citation {
	out := []Citation{}
	for _, s := range r.sources[record] {
		if s.Kind != term.DeskResearch || s.AccessedOn != "" {
			r.t.Errorf("%s has a source %+v, which no JSON file can say", record, s)
		}
		out = append(out, Citation{s.Title, *s.Publisher, s.URL, s.CopyRead, s.Note})
	}
	return out
}

// small writes a code as the files do.
func small[T ~string](code T) string { return strings.ToLower(string(code)) }

// dated writes a partial date as the files do: null where it is unknown.
func dated(d term.PartialDate) *string {
	if d == "" {
		return nil
	}
	return new(string(d))
}

// yearOf writes a partial date that must be a year, or unknown, as a number.
func yearOf(t *testing.T, d term.PartialDate) *int {
	t.Helper()
	if d == "" {
		return nil
	}
	y, err := strconv.Atoi(string(d))
	if err != nil || len(d) != 4 {
		t.Errorf("%q is no year", d)
	}
	return &y
}

// wordFor finds the word of a file for a reading.
func wordFor[T comparable](words map[string]T, reading T) string {
	for _, w := range sortedKeys(words) {
		if words[w] == reading {
			return w
		}
	}
	return "no word for it"
}

func codesOf(chapters []*ent.Chapter) []string {
	var out []string
	for _, c := range chapters {
		out = append(out, c.Code)
	}
	slices.Sort(out)
	return out
}

// byPosition puts the parts of a record in the order of their positions.
func byPosition[T any](parts []T, position func(T) int) []T {
	out := slices.Clone(parts)
	slices.SortFunc(out, func(a, b T) int { return cmp.Compare(position(a), position(b)) })
	return out
}

// inChapter counts what a chapter holds, by the edges of the chapter.
func inChapter(t *testing.T, c *ent.Client, code string) [5]int {
	t.Helper()
	ch := c.Chapter.Query().Where(chapter.Code(code))
	var out [5]int
	for i, q := range []interface {
		Count(context.Context) (int, error)
	}{ch.Clone().QueryActors(), ch.Clone().QueryLaws(), ch.Clone().QueryPolicies(), ch.Clone().QueryMechanisms(), ch.Clone().QueryActivities()} {
		n, err := q.Count(testdb.Context(t))
		if err != nil {
			t.Fatal(err)
		}
		out[i] = n
	}
	return out
}
