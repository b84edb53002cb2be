package search_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/search"
	"adam/internal/term"
	"adam/seed"
)

func TestLawFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.LawFilter, seed.Law]{records: f.Laws, key: func(l seed.Law) string { return l.Key },
		query: keys(search.Laws, func(l *ent.Law) string { return l.Key })}
	each(c, "States", codes(f), func(l seed.Law) []string { return []string{l.Country} })
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), func(l seed.Law) []string { return []string{l.Country} })
	each(c, "Status", all[term.LawStatus](), func(l seed.Law) []term.LawStatus { return capitals[term.LawStatus](l.Status) })
	c.subjects(seed.LawsFile, func(l seed.Law) []string { return l.Themes })
	c.words(func(l seed.Law) []string {
		texts := append([]string{l.Key, l.Title, l.Summary, names[l.Country]}, known(l.TitleLocal, l.Number, l.Note, l.Penalties.Note)...)
		return append(texts, pick(l.AmendedBy, func(a seed.Amendment) string { return a.Title })...)
	}, "penal", "trafficking child", "malaysia", "amendment", "undang")
	c.agree(t)
}

func TestPolicyFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.PolicyFilter, seed.Policy]{records: f.Policies, key: func(p seed.Policy) string { return p.Key },
		query: keys(search.Policies, func(p *ent.PolicyDocument) string { return p.Key })}
	each(c, "States", codes(f), func(p seed.Policy) []string { return []string{p.Country} })
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), seed.ChaptersOfPolicy)
	each(c, "Status", all[term.PolicyStatus](), func(p seed.Policy) []term.PolicyStatus { return capitals[term.PolicyStatus](p.Status) })
	c.subjects(seed.PoliciesFile, func(p seed.Policy) []string { return p.Themes })
	c.words(func(p seed.Policy) []string {
		return append([]string{p.Key, p.Title, p.Summary, p.LeadAuthority, names[p.Country]}, known(p.Number, p.Note)...)
	}, "national plan", "smuggling", "asean", "minist", "technology")
	c.agree(t)
}

func TestMechanismFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.CoordinationMechanismFilter, seed.Mechanism]{records: f.Mechanisms, key: func(m seed.Mechanism) string { return m.Key },
		query: keys(search.Mechanisms, func(m *ent.CoordinationMechanism) string { return m.Key })}
	each(c, "Levels", all[term.MechanismLevel](), func(m seed.Mechanism) []term.MechanismLevel { return capitals[term.MechanismLevel](m.Scope) })
	each(c, "Forms", all[term.MechanismForm](), func(m seed.Mechanism) []term.MechanismForm { return capitals[term.MechanismForm](m.Type) })
	each(c, "Status", all[term.MechanismStatus](), func(m seed.Mechanism) []term.MechanismStatus { return capitals[term.MechanismStatus](m.Status) })
	each(c, "States", codes(f), func(m seed.Mechanism) []string { return m.Members })
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), f.ChaptersOfMechanism)
	c.subjects(seed.MechanismsFile, func(m seed.Mechanism) []string { return m.Themes })
	c.words(func(m seed.Mechanism) []string {
		country := strings.Join(known(m.Country), "")
		return append([]string{m.Key, m.Name, m.Mandate, names[country]}, known(m.Acronym, m.Subject, m.Secretariat, m.Note)...)
	}, "memorandum", "people smuggling", "thailand", "secretariat", "police")
	c.agree(t)
}

// land is a State of the files, with or without a chapter.
type land struct {
	code    string
	chapter bool
	texts   []string
}

func TestStateFiltersAgreeWithTheFiles(t *testing.T) {
	f := files(t)
	query := keys(search.States, func(s *ent.State) string { return s.Code })
	c := &compared[search.StateFilter, land]{key: func(l land) string { return l.code }}
	c.query = func(ctx context.Context, client *ent.Client, f *search.StateFilter) ([]string, error) {
		wide := *f
		wide.All = cmp.Or(wide.All, ptr(true)) // of all States where the filter does not say
		return query(ctx, client, &wide)
	}
	for _, s := range f.States {
		c.records = append(c.records, land{s.ISO3, true, append([]string{s.Name, s.ISO3, s.OfficialName, s.Capital, s.Region}, known(s.Note)...)})
	}
	for _, p := range f.Places {
		c.records = append(c.records, land{p.Code, false, append([]string{p.Name, p.Code, p.OfficialName, p.Subregion}, known(p.Note)...)})
	}
	c.add("All", ptr(true), func(land) bool { return true })
	c.add("All", ptr(false), func(l land) bool { return l.chapter })
	each(c, "Codes", codes(f), func(l land) []string { return []string{l.code} })
	each(c, "Groups", all[term.Group](), func(l land) []term.Group { return groupsOf(f, l.code) })
	c.words(func(l land) []string { return l.texts }, "republic", "southern asia", "kingdom", "island")
	c.agree(t)
	c.query = query
	onEach(t, func(t *testing.T, l *loaded) {
		c.compare(t, l, filtered[search.StateFilter, land]{has: func(l land) bool { return l.chapter }})
	})
}

func TestActorFiltersAgreeWithTheFiles(t *testing.T) {
	f, names := files(t), places(files(t))
	c := &compared[search.ActorFilter, seed.Actor]{records: f.Actors, key: func(a seed.Actor) string { return a.Key },
		query: keys(search.Actors, func(a *ent.Actor) string { return a.Key })}
	each(c, "Kinds", all[term.ActorKind](), func(a seed.Actor) []term.ActorKind { return capitals[term.ActorKind](a.Kind) })
	each(c, "States", codes(f), func(a seed.Actor) []string { return known(a.Country) })
	each(c, "Chapters", pick(f.Chapters, func(c seed.Chapter) string { return c.Code }), func(a seed.Actor) []string { return a.Chapters })
	each(c, "Roles", all[term.ParticipationRole](), func(a seed.Actor) (out []term.ParticipationRole) {
		for _, x := range f.Activities {
			for role, actors := range map[term.ParticipationRole][]string{term.Funding: donors(x), term.Implementing: x.Implementers, term.Partner: x.Partners} {
				if slices.Contains(actors, a.Key) {
					out = append(out, role)
				}
			}
		}
		return out
	})
	c.words(func(a seed.Actor) []string {
		country := strings.Join(known(a.Country), "")
		return append([]string{a.Key, a.Name, a.MandateSummary, names[country]}, known(a.Acronym, a.Note)...)
	}, "ministry", "police traff", "cambodia", "united nations")
	c.agree(t)
}
