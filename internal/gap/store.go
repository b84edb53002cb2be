package gap

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/law"
	"adam/ent/leadauthority"
	"adam/ent/policydocument"
	"adam/ent/response"
	"adam/ent/state"
	"adam/ent/treatyaction"
	"adam/internal/access"
	"adam/internal/term"
)

// analysis is the rows of many States in the making, all with the same few queries.
type analysis struct {
	c      *ent.Client
	theme  term.Theme
	day    term.Date
	states []term.ID
	rows   map[term.ID]*Row
}

// Analyse gives what the catalogue holds of States on a theme, by the names of the States, as far as the client's viewer
// sees it. day is today: what was verified, or was a member, may not be any more.
func Analyse(ctx context.Context, c *ent.Client, which *ent.StateQuery, theme term.Theme, day term.Date) ([]*Row, error) {
	all, err := which.WithChapter().Order(state.BySortName(), state.ByID()).All(ctx)
	if err != nil || len(all) == 0 {
		return []*Row{}, err
	}
	a := analysis{c: c, theme: theme, day: day, rows: map[term.ID]*Row{}}
	out := make([]*Row, len(all))
	for i, s := range all {
		out[i] = &Row{State: s, readings: map[term.Theme][]Reading{}, Withheld: []string{}, LeadAuthority: []*Lead{}}
		a.states, a.rows[s.ID] = append(a.states, s.ID), out[i]
	}
	for _, load := range []func(context.Context) error{a.treaties, a.laws, a.leads, a.policies, a.mechanisms, a.memberships, a.activities, a.responses} {
		if err := load(ctx); err != nil {
			return nil, fmt.Errorf("gaps: %w", err)
		}
	}
	for _, r := range out {
		r.Caveat = r.caveat()
	}
	return out, nil
}

// column is the column of records that says how far they are about the theme.
func (a *analysis) column() string { return strings.ToLower(string(a.theme)) }

// on says whether a record is about the theme.
func (a *analysis) on(smuggling, trafficking term.Significance) bool {
	return map[term.Theme]term.Significance{term.Smuggling: smuggling, term.Trafficking: trafficking}[a.theme] != term.NotTargeted
}

func (a *analysis) treaties(ctx context.Context) error {
	protocol := map[term.Theme]term.Treaty{term.Smuggling: term.SOMProtocol, term.Trafficking: term.TIPProtocol}[a.theme]
	found, err := a.c.TreatyAction.Query().Where(treatyaction.StateIDIn(a.states...), treatyaction.TreatyEQ(protocol)).All(ctx)
	for _, t := range found {
		a.rows[t.StateID].Treaty = t
	}
	return err
}

// readingsWithheld marks a law whose readings the viewer may not see.
const readingsWithheld = "elements"

func (a *analysis) laws(ctx context.Context) error {
	found, err := a.c.Law.Query().Where(law.StateIDIn(a.states...), law.StatusIn(inForce...)).
		WithProvisions().Order(law.BySortName(), law.ByID()).All(ctx)
	if err != nil {
		return err
	}
	laws, offences, withheld := map[term.ID]*ent.Law{}, map[term.ID][]term.Criminalisation{}, map[term.ID]bool{}
	for _, l := range found {
		r := a.rows[l.StateID]
		r.LawsInForce++
		laws[l.ID] = l
		withheld[l.StateID] = withheld[l.StateID] || slices.Contains(l.Withheld, readingsWithheld)
		offence := map[term.Theme]term.Criminalisation{term.Smuggling: l.CriminalisesSmuggling, term.Trafficking: l.CriminalisesTrafficking}
		r.together = r.together || isOffence(l.CriminalisesSmuggling) && isOffence(l.CriminalisesTrafficking)
		offences[l.StateID] = append(offences[l.StateID], offence[a.theme])
		for _, p := range l.Edges.Provisions {
			r.readings[p.Theme] = append(r.readings[p.Theme], reading(p))
		}
	}
	for id, r := range a.rows {
		best := Best(a.theme, r.readings[a.theme], withheld[id])
		r.Criminalisation = Criminalisation{Offence: Offence(offences[id]), Tally: Count(best)}
		if withheld[id] {
			r.Withheld = append(r.Withheld, "criminalisation", "elements")
		}
		for _, e := range best {
			r.Elements = append(r.Elements, &Element{e.Element, e.Coverage, laws[e.Law], known(e.Article), e.First})
		}
	}
	return nil
}

func reading(p *ent.Provision) Reading {
	out := Reading{Law: p.LawID, Element: p.Element, Coverage: p.Coverage, First: p.FirstReading}
	if p.Article != nil {
		out.Article = strings.TrimSpace(*p.Article)
	}
	return out
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func (a *analysis) leads(ctx context.Context) error {
	found, err := a.c.LeadAuthority.Query().Where(leadauthority.StateIDIn(a.states...), leadauthority.ThemeEQ(a.theme)).WithActor().All(ctx)
	for _, l := range found {
		r := a.rows[l.StateID]
		r.LeadAuthority = append(r.LeadAuthority, &Lead{Actor: l.Edges.Actor})
	}
	return err
}

// policies counts policies, and takes from those on the theme who leads where leads found nobody.
func (a *analysis) policies(ctx context.Context) error {
	found, err := a.c.PolicyDocument.Query().Where(policydocument.StateIDIn(a.states...)).WithLeadActor().
		Order(policydocument.BySortName(), policydocument.ByID()).All(ctx)
	recorded := map[term.ID]bool{}
	for id, r := range a.rows {
		recorded[id] = len(r.LeadAuthority) > 0
	}
	for _, p := range found {
		r, on := a.rows[*p.StateID], a.on(p.Smuggling, p.Trafficking)
		r.Policy.add(p.Status, on, map[term.Theme]term.Comprehensiveness{term.Smuggling: p.ComprehensiveSmuggling, term.Trafficking: p.ComprehensiveTrafficking}[a.theme])
		if named := p.LeadAuthority != nil || p.Edges.LeadActor != nil; named && on && p.Status == term.PolicyCurrent && !recorded[*p.StateID] {
			r.LeadAuthority = append(r.LeadAuthority, &Lead{Actor: p.Edges.LeadActor, Words: p.LeadAuthority, Policy: p})
		}
	}
	for _, r := range a.rows {
		if r.Policy.Withheld > 0 {
			r.Withheld = append(r.Withheld, "policy")
		}
	}
	return err
}

// responses tells what came of the newest questionnaire that a State was asked. The public is not told who did not
// answer (rule 3), and so not who did.
func (a *analysis) responses(ctx context.Context) error {
	byChapter, chapters := map[term.ID]*Row{}, []term.ID{}
	for _, r := range a.rows {
		if c := r.State.Edges.Chapter; c != nil {
			byChapter[c.ID], chapters = r, append(chapters, c.ID)
			r.spoken = c.VerifiedStatus == term.Verified && c.VerifiedUntil >= a.day
		}
	}
	if access.From(ctx).Audience == access.Public {
		for _, r := range a.rows {
			r.Withheld = append(r.Withheld, "replied", "response")
		}
		return nil
	}
	found, err := a.c.Response.Query().Where(response.ChapterIDIn(chapters...)).WithQuestionnaire().All(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(x, y *ent.Response) int {
		p, q := x.Edges.Questionnaire, y.Edges.Questionnaire
		return cmp.Or(cmp.Compare(p.SentOn, q.SentOn), cmp.Compare(p.Key, q.Key), cmp.Compare(x.ID, y.ID))
	})
	for _, f := range found {
		r := byChapter[*f.ChapterID]
		r.Response, r.Replied = &f.Status, Replied(f.Status)
	}
	for _, r := range byChapter {
		r.spoken = r.spoken || r.Replied != nil && *r.Replied
	}
	return nil
}
