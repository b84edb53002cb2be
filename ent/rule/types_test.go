package rule_test

import (
	"context"

	"adam/ent"
	"adam/ent/chapter"
	"adam/ent/law"
	"adam/ent/state"
	"adam/internal/term"
)

type (
	ctx    = context.Context
	client = *ent.Client
)

// recordTypes are all seven. Those with chapters are reached from the chapter; a State from the laws of that State, a need from its State.
var recordTypes = []recordType{stateType, actorType, lawType, policyType, mechanismType, activityType, needType}

var stateType = recordType{name: "State", kind: term.KindState, title: "name",
	create: func(ctx ctx, c client, w *world, key, title string) (term.ID, error) {
		s, err := c.State.Create().SetKey(key).SetCode("T" + key[len(key)-2:]).SetAlpha2("TT").SetM49("999").SetName(title).Save(ctx)
		if err != nil {
			return 0, err
		}
		return s.ID, c.Law.Create().SetKey("law-of-" + key).SetTitle("Law of " + key).SetStateID(s.ID).SetStatus(term.LawInForce).Exec(ctx)
	},
	rename: func(ctx ctx, c client, id term.ID, title string) error {
		return c.State.UpdateOneID(id).SetName(title).Exec(ctx)
	},
	withdraw: func(ctx ctx, c client, id term.ID, yes bool) error {
		return c.State.UpdateOneID(id).SetWithdrawn(yes).Exec(ctx)
	},
	remove:   func(ctx ctx, c client, id term.ID) error { return c.State.DeleteOneID(id).Exec(ctx) },
	empty:    func(ctx ctx, c client) error { _, err := c.State.Delete().Exec(ctx); return err },
	annotate: func(ctx ctx, c client) error { return c.State.Update().SetNote("x").Exec(ctx) },
	ids:      func(ctx ctx, c client) ([]term.ID, error) { return c.State.Query().IDs(ctx) },
	count:    func(ctx ctx, c client) (int, error) { return c.State.Query().Count(ctx) },
	inEdge: func(ctx ctx, c client, _ *world) (int, error) {
		return c.Law.Query().Where(law.KeyHasPrefix("law-of-")).QueryState().Count(ctx)
	},
	eager: func(ctx ctx, c client, _ *world) (n int, err error) {
		laws, err := c.Law.Query().Where(law.KeyHasPrefix("law-of-")).WithState().All(ctx)
		for _, l := range laws {
			if l.Edges.State != nil {
				n++
			}
		}
		return n, err
	},
}

var actorType = recordType{name: "Actor", kind: term.KindActor, title: "name",
	create: func(ctx ctx, c client, w *world, key, title string) (term.ID, error) {
		a, err := c.Actor.Create().SetKey(key).SetName(title).SetKind(term.NGO).AddInChapterIDs(w.chapter).Save(ctx)
		return idOf(a, err)
	},
	rename: func(ctx ctx, c client, id term.ID, title string) error {
		return c.Actor.UpdateOneID(id).SetName(title).Exec(ctx)
	},
	withdraw: func(ctx ctx, c client, id term.ID, yes bool) error {
		return c.Actor.UpdateOneID(id).SetWithdrawn(yes).Exec(ctx)
	},
	remove:   func(ctx ctx, c client, id term.ID) error { return c.Actor.DeleteOneID(id).Exec(ctx) },
	empty:    func(ctx ctx, c client) error { _, err := c.Actor.Delete().Exec(ctx); return err },
	annotate: func(ctx ctx, c client) error { return c.Actor.Update().SetNote("x").Exec(ctx) },
	ids:      func(ctx ctx, c client) ([]term.ID, error) { return c.Actor.Query().IDs(ctx) },
	count:    func(ctx ctx, c client) (int, error) { return c.Actor.Query().Count(ctx) },
	inEdge: func(ctx ctx, c client, w *world) (int, error) {
		return w.here(c).QueryActors().Count(ctx)
	},
	eager: func(ctx ctx, c client, w *world) (int, error) {
		ch, err := w.here(c).WithActors().Only(ctx)
		return len(ch.Edges.Actors), err
	},
}

var lawType = recordType{name: "Law", kind: term.KindLaw, title: "title",
	create: func(ctx ctx, c client, w *world, key, title string) (term.ID, error) {
		l, err := c.Law.Create().SetKey(key).SetTitle(title).SetStateID(w.state).SetStatus(term.LawInForce).AddInChapterIDs(w.chapter).Save(ctx)
		return idOf(l, err)
	},
	rename: func(ctx ctx, c client, id term.ID, title string) error {
		return c.Law.UpdateOneID(id).SetTitle(title).Exec(ctx)
	},
	withdraw: func(ctx ctx, c client, id term.ID, yes bool) error {
		return c.Law.UpdateOneID(id).SetWithdrawn(yes).Exec(ctx)
	},
	remove:   func(ctx ctx, c client, id term.ID) error { return c.Law.DeleteOneID(id).Exec(ctx) },
	empty:    func(ctx ctx, c client) error { _, err := c.Law.Delete().Exec(ctx); return err },
	annotate: func(ctx ctx, c client) error { return c.Law.Update().SetNote("x").Exec(ctx) },
	ids:      func(ctx ctx, c client) ([]term.ID, error) { return c.Law.Query().IDs(ctx) },
	count:    func(ctx ctx, c client) (int, error) { return c.Law.Query().Count(ctx) },
	inEdge: func(ctx ctx, c client, w *world) (int, error) {
		return w.here(c).QueryLaws().Count(ctx)
	},
	eager: func(ctx ctx, c client, w *world) (int, error) {
		ch, err := w.here(c).WithLaws().Only(ctx)
		return len(ch.Edges.Laws), err
	},
}

var policyType = recordType{name: "PolicyDocument", kind: term.KindPolicy, title: "title",
	create: func(ctx ctx, c client, w *world, key, title string) (term.ID, error) {
		p, err := c.PolicyDocument.Create().SetKey(key).SetTitle(title).SetStatus(term.PolicyCurrent).AddInChapterIDs(w.chapter).Save(ctx)
		return idOf(p, err)
	},
	rename: func(ctx ctx, c client, id term.ID, title string) error {
		return c.PolicyDocument.UpdateOneID(id).SetTitle(title).Exec(ctx)
	},
	withdraw: func(ctx ctx, c client, id term.ID, yes bool) error {
		return c.PolicyDocument.UpdateOneID(id).SetWithdrawn(yes).Exec(ctx)
	},
	remove:   func(ctx ctx, c client, id term.ID) error { return c.PolicyDocument.DeleteOneID(id).Exec(ctx) },
	empty:    func(ctx ctx, c client) error { _, err := c.PolicyDocument.Delete().Exec(ctx); return err },
	annotate: func(ctx ctx, c client) error { return c.PolicyDocument.Update().SetNote("x").Exec(ctx) },
	ids:      func(ctx ctx, c client) ([]term.ID, error) { return c.PolicyDocument.Query().IDs(ctx) },
	count:    func(ctx ctx, c client) (int, error) { return c.PolicyDocument.Query().Count(ctx) },
	inEdge: func(ctx ctx, c client, w *world) (int, error) {
		return w.here(c).QueryPolicies().Count(ctx)
	},
	eager: func(ctx ctx, c client, w *world) (int, error) {
		ch, err := w.here(c).WithPolicies().Only(ctx)
		return len(ch.Edges.Policies), err
	},
}

var mechanismType = recordType{name: "CoordinationMechanism", kind: term.KindMechanism, title: "name",
	create: func(ctx ctx, c client, w *world, key, title string) (term.ID, error) {
		m, err := c.CoordinationMechanism.Create().SetKey(key).SetName(title).SetLevel(term.LevelNational).SetForm("COMMITTEE").
			SetStatus(term.MechanismActive).AddInChapterIDs(w.chapter).Save(ctx)
		return idOf(m, err)
	},
	rename: func(ctx ctx, c client, id term.ID, title string) error {
		return c.CoordinationMechanism.UpdateOneID(id).SetName(title).Exec(ctx)
	},
	withdraw: func(ctx ctx, c client, id term.ID, yes bool) error {
		return c.CoordinationMechanism.UpdateOneID(id).SetWithdrawn(yes).Exec(ctx)
	},
	remove:   func(ctx ctx, c client, id term.ID) error { return c.CoordinationMechanism.DeleteOneID(id).Exec(ctx) },
	empty:    func(ctx ctx, c client) error { _, err := c.CoordinationMechanism.Delete().Exec(ctx); return err },
	annotate: func(ctx ctx, c client) error { return c.CoordinationMechanism.Update().SetNote("x").Exec(ctx) },
	ids:      func(ctx ctx, c client) ([]term.ID, error) { return c.CoordinationMechanism.Query().IDs(ctx) },
	count:    func(ctx ctx, c client) (int, error) { return c.CoordinationMechanism.Query().Count(ctx) },
	inEdge: func(ctx ctx, c client, w *world) (int, error) {
		return w.here(c).QueryMechanisms().Count(ctx)
	},
	eager: func(ctx ctx, c client, w *world) (int, error) {
		ch, err := w.here(c).WithMechanisms().Only(ctx)
		return len(ch.Edges.Mechanisms), err
	},
}

var activityType = recordType{name: "Activity", kind: term.KindActivity, title: "title",
	create: func(ctx ctx, c client, w *world, key, title string) (term.ID, error) {
		a, err := c.Activity.Create().SetKey(key).SetTitle(title).AddInChapterIDs(w.chapter).Save(ctx)
		return idOf(a, err)
	},
	rename: func(ctx ctx, c client, id term.ID, title string) error {
		return c.Activity.UpdateOneID(id).SetTitle(title).Exec(ctx)
	},
	withdraw: func(ctx ctx, c client, id term.ID, yes bool) error {
		return c.Activity.UpdateOneID(id).SetWithdrawn(yes).Exec(ctx)
	},
	remove:   func(ctx ctx, c client, id term.ID) error { return c.Activity.DeleteOneID(id).Exec(ctx) },
	empty:    func(ctx ctx, c client) error { _, err := c.Activity.Delete().Exec(ctx); return err },
	annotate: func(ctx ctx, c client) error { return c.Activity.Update().SetNote("x").Exec(ctx) },
	ids:      func(ctx ctx, c client) ([]term.ID, error) { return c.Activity.Query().IDs(ctx) },
	count:    func(ctx ctx, c client) (int, error) { return c.Activity.Query().Count(ctx) },
	inEdge: func(ctx ctx, c client, w *world) (int, error) {
		return w.here(c).QueryActivities().Count(ctx)
	},
	eager: func(ctx ctx, c client, w *world) (int, error) {
		ch, err := w.here(c).WithActivities().Only(ctx)
		return len(ch.Edges.Activities), err
	},
}

var needType = recordType{name: "Need", kind: term.KindNeed, title: "title",
	create: func(ctx ctx, c client, w *world, key, title string) (term.ID, error) {
		n, err := c.Need.Create().SetKey(key).SetTitle(title).SetStateID(w.state).SetAssistanceType(term.AssistLegislative).Save(ctx)
		return idOf(n, err)
	},
	rename: func(ctx ctx, c client, id term.ID, title string) error {
		return c.Need.UpdateOneID(id).SetTitle(title).Exec(ctx)
	},
	withdraw: func(ctx ctx, c client, id term.ID, yes bool) error {
		return c.Need.UpdateOneID(id).SetWithdrawn(yes).Exec(ctx)
	},
	remove:   func(ctx ctx, c client, id term.ID) error { return c.Need.DeleteOneID(id).Exec(ctx) },
	empty:    func(ctx ctx, c client) error { _, err := c.Need.Delete().Exec(ctx); return err },
	annotate: func(ctx ctx, c client) error { return c.Need.Update().SetNote("x").Exec(ctx) },
	ids:      func(ctx ctx, c client) ([]term.ID, error) { return c.Need.Query().IDs(ctx) },
	count:    func(ctx ctx, c client) (int, error) { return c.Need.Query().Count(ctx) },
	inEdge: func(ctx ctx, c client, w *world) (int, error) {
		return c.State.Query().Where(state.ID(w.state)).QueryNeeds().Count(ctx)
	},
	eager: func(ctx ctx, c client, w *world) (int, error) {
		s, err := c.State.Query().Where(state.ID(w.state)).WithNeeds().Only(ctx)
		return len(s.Edges.Needs), err
	},
}

// idOf gives the identifier of what was saved.
func idOf(n ent.Noder, err error) (term.ID, error) {
	if err != nil {
		return 0, err
	}
	switch n := n.(type) {
	case *ent.Actor:
		return n.ID, nil
	case *ent.Law:
		return n.ID, nil
	case *ent.PolicyDocument:
		return n.ID, nil
	case *ent.CoordinationMechanism:
		return n.ID, nil
	case *ent.Need:
		return n.ID, nil
	}
	return n.(*ent.Activity).ID, nil
}

// here asks for the chapter of the world.
func (w *world) here(c client) *ent.ChapterQuery {
	return c.Chapter.Query().Where(chapter.ID(w.chapter))
}
