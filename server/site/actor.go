package site

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"

	"github.com/a-h/templ"
)

// Actor is the page of an organisation or authority: GET /actors/{key}.
func (s *Site) Actor(r *http.Request) (*ui.Page, error) {
	ctx := r.Context()
	found, err := Actor(ctx, s.api, r.PathValue("key"))
	if err != nil {
		return nil, said(err)
	}
	a := found.Actor
	if a == nil {
		return nil, nothing(ctx)
	}
	if err := kept(r, a.Key); err != nil {
		return nil, err
	}
	page := &ui.Page{Title: a.Name, Named: true, Feed: askedFeed{actor: a.Key}.path(), Kicker: say.Word(ctx, "ActorKind", a.Kind), Body: actorPage(a),
		Crumbs: []ui.Link{{Text: say.T(ctx, "nav.actors"), Path: "/actors"}}}
	if a.State != nil {
		page.Crumbs = append(page.Crumbs, ui.Link{Text: a.State.Name, Path: "/states/" + a.State.Code})
	}
	return s.editable(r, term.RecordActor, a, page)
}

// doing is one role of an actor with the activities in which it has it.
type doing struct {
	role term.ParticipationRole
	name string
	all  []*DoneLine
}

// doings are what the actor does, role by role.
func (a *ActorPage) doings(ctx context.Context) []doing {
	out := []doing{
		{role: term.Funding, name: say.T(ctx, "actor.funds")}, {role: term.Implementing, name: say.T(ctx, "actor.implements")},
		{role: term.Partner, name: say.T(ctx, "actor.partners")}, {role: term.Accountable, name: say.T(ctx, "actor.answers")},
		{role: term.Extending, name: say.T(ctx, "actor.extends")}, {role: term.Beneficiary, name: say.T(ctx, "actor.receives")},
	}
	for _, e := range a.Participations.Edges {
		for i := range out {
			if out[i].role == e.Node.Role {
				out[i].all = append(out[i].all, e.Node)
			}
		}
	}
	for _, d := range out {
		slices.SortStableFunc(d.all, func(x, y *DoneLine) int {
			return cmp.Or(-cmp.Compare(x.Activity.StartOn, y.Activity.StartOn), cmp.Compare(x.Activity.Title, y.Activity.Title))
		})
	}
	return slices.DeleteFunc(out, func(d doing) bool { return len(d.all) == 0 })
}

// counted is something with the number of activities that it stands in.
type counted struct {
	path, name string
	n          int
}

// tally counts activities by what they name, each activity once; the most come first.
func (a *ActorPage) tally(in func(*DoneLine) bool, names func(*DoneActivity) []counted) (list []counted, without int) {
	all, seen := map[string]counted{}, map[string]bool{}
	for _, e := range a.Participations.Edges {
		if !in(e.Node) || seen[e.Node.Activity.Key] {
			continue
		}
		seen[e.Node.Activity.Key] = true
		named := names(e.Node.Activity)
		if len(named) == 0 {
			without++
		}
		for _, c := range named {
			c.n = all[c.path].n + 1
			all[c.path] = c
		}
	}
	list = slices.SortedFunc(maps.Values(all), func(x, y counted) int { return cmp.Or(y.n-x.n, cmp.Compare(x.name, y.name)) })
	return list, without
}

// where counts the activities of the actor by State; some name none.
func (a *ActorPage) where() (list []counted, without int) {
	return a.tally(func(*DoneLine) bool { return true }, func(d *DoneActivity) []counted {
		out := make([]counted, len(d.States))
		for i, s := range d.States {
			out[i] = counted{path: "/states/" + s.Code, name: s.Name}
		}
		return out
	})
}

// funders counts who pays for what the actor carries out.
func (a *ActorPage) funders() (list []counted, without int) {
	return a.tally(func(l *DoneLine) bool { return l.Role == term.Implementing }, func(d *DoneActivity) []counted {
		var out []counted
		for _, donor := range d.Donors {
			path, name := actorPath(donor)
			out = append(out, counted{path: path, name: name})
		}
		return out
	})
}

// activities is how many activities the roles are in.
func (a *ActorPage) activities() int {
	seen := map[string]bool{}
	for _, e := range a.Participations.Edges {
		seen[e.Node.Activity.Key] = true
	}
	return len(seen)
}

// otherName says another name, what sort of name it is and in which language.
func otherName(ctx context.Context, n *NameLine) string {
	if n.Language == "" {
		return say.Word(ctx, "NameKind", n.Kind)
	}
	return say.T(ctx, "actor.name.language", say.Word(ctx, "NameKind", n.Kind), n.Language)
}

// language marks words with the language they are in, where that is known.
func language(code string) templ.Attributes {
	if code == "" {
		return nil
	}
	return templ.Attributes{"lang": code}
}
