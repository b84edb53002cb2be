package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"adam/ent"
	"adam/ent/actor"
	"adam/ent/chapter"
	"adam/ent/grant"
	"adam/ent/person"
	"adam/ent/predicate"
	"adam/internal/access"
	"adam/internal/fault"
	"adam/internal/term"
)

// Holds finds grants that count at a time: not ended, not run out, and the grant that they hang on counts too. For whoever
// acts as the program: the table is private.
func Holds(at term.Instant) predicate.Grant {
	running := grant.And(grant.EndedAt(""), grant.Or(grant.Until(""), grant.UntilGT(at)))
	return grant.And(running, grant.Or(grant.DelegatedByIDIsNil(), grant.HasDelegatedByWith(running)))
}

// holds finds grants that count now.
func (k *Keeper) holds() predicate.Grant { return Holds(k.now()) }

// Give gives a role to a person who has an account, at once. actorKey is for REPORTER, chapterCode for FOCAL_POINT, and
// until, where it is not the zero time, is when the role ends by itself. Who holds the role already keeps it as it is.
// For the program and administrators; the secretariat gives the four roles without a second factor.
func (k *Keeper) Give(ctx context.Context, personID term.ID, role access.Role, actorKey, chapterCode string, until time.Time) (g *ent.Grant, err error) {
	v := access.From(ctx)
	if !mayGive(v, role) {
		return nil, refuse(ctx, "Only the secretariat and administrators give roles, and only administrators make administrators and secretariat. Ask one of them.")
	}
	end := term.Instant("")
	if !until.IsZero() {
		if end = term.InstantOf(until); end <= k.now() {
			return nil, fault.New(fault.Invalid, "The role would have ended already. Give a time in the future.").At("until")
		}
	}
	err = k.change(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := k.open(ctx, personID); err != nil {
			return err
		}
		t, err := findTarget(ctx, tx, role, actorKey, chapterCode)
		if err != nil {
			return err
		}
		g, err = k.give(ctx, tx, v, personID, t, end)
		return err
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// give writes a grant, unless the person holds the role in her own right already.
func (k *Keeper) give(ctx context.Context, tx *ent.Tx, v access.Viewer, id term.ID, t target, until term.Instant) (*ent.Grant, error) {
	if t.source == nil {
		g, err := firstOf(tx.Grant.Query().Where(grant.PersonID(id), grant.RoleEQ(t.role), grant.DelegatedByIDIsNil(), sameActor(t.actor), sameChapter(t.chapter), k.holds()).First(ctx))
		if err != nil || g != nil {
			return g, err
		}
	}
	g, err := tx.Grant.Create().SetPersonID(id).SetRole(t.role).SetNillableActorID(t.actor).SetNillableChapterID(t.chapter).
		SetNillableDelegatedByID(t.source).SetGivenAt(k.now()).SetUntil(until).Save(ctx)
	if err != nil {
		return nil, err
	}
	return g, note(ctx, Event{Kind: term.LogRole, Person: v.Person, Subject: id, Summary: "The role " + string(t.role) + " was given."})
}

func sameActor(id *term.ID) predicate.Grant {
	if id == nil {
		return grant.ActorIDIsNil()
	}
	return grant.ActorID(*id)
}

func sameChapter(id *term.ID) predicate.Grant {
	if id == nil {
		return grant.ChapterIDIsNil()
	}
	return grant.ChapterID(*id)
}

// End ends a role at once, and what was passed on of it. reason is kept. The role of the last administrator gives
// CONFLICT, unless the program ends it. For the program and administrators, for the secretariat (the four roles without
// a second factor), for the person herself, and for whoever passed the role on.
func (k *Keeper) End(ctx context.Context, grantID term.ID, reason string) error {
	v := access.From(ctx)
	if err := needSomebody(ctx); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return fault.New(fault.Invalid, "Say why the role ends: the reason is kept.").At("reason")
	}
	return k.unlessLast(ofAdministrator(grantID))(ctx, func(ctx context.Context, tx *ent.Tx) error {
		g, err := k.held(ctx, tx, grantID)
		if err != nil {
			return err
		}
		passedOn := g.Edges.DelegatedBy != nil && isSelf(v, g.Edges.DelegatedBy.PersonID)
		if !mayGive(v, g.Role) && !mayPart(v, g.PersonID, g.Role) && !passedOn {
			return errRole()
		}
		return k.end(ctx, tx, v, g, reason)
	})
}

// errRole is the answer for a role that the caller has no say in: one that is not there looks the same.
func errRole() error {
	return fault.New(fault.NotFound, "There is no such role, it has ended, or it is not yours to change. Look at the list of roles again.")
}

// held finds a grant that counts now and locks it, so that of two who end it or pass it on one comes first.
func (k *Keeper) held(ctx context.Context, tx *ent.Tx, id term.ID) (*ent.Grant, error) {
	// An update that changes nothing takes the row's lock on both engines.
	if _, err := tx.Grant.Update().Where(grant.ID(id)).SetEndedAt("").Where(grant.EndedAt("")).Save(ctx); err != nil {
		return nil, err
	}
	g, err := firstOf(tx.Grant.Query().Where(grant.ID(id), k.holds()).WithDelegatedBy().Only(ctx))
	if err != nil {
		return nil, err
	}
	if g == nil {
		return nil, errRole()
	}
	return g, nil
}

// end marks a grant and everything passed on of it as ended.
func (k *Keeper) end(ctx context.Context, tx *ent.Tx, v access.Viewer, g *ent.Grant, reason string) error {
	err := tx.Grant.Update().Where(grant.EndedAt(""), grant.Or(grant.ID(g.ID), grant.DelegatedByID(g.ID))).
		SetEndedAt(k.now()).SetEndedReason(reason).Exec(ctx)
	if err != nil {
		return err
	}
	return note(ctx, Event{Kind: term.LogRole, Person: v.Person, Subject: g.PersonID, Summary: "The role " + string(g.Role) + " ended."})
}

// Grants lists the roles that a person holds now, oldest first, with the role that they hang on, and with their
// organisation and their chapter as far as the caller sees these: an account is no way around the rules of reading. For
// the person herself, administrators, the secretariat and the program.
func (k *Keeper) Grants(ctx context.Context, personID term.ID) ([]*ent.Grant, error) {
	v := access.From(ctx)
	if !isSelf(v, personID) && !mayGive(v, access.Member) {
		return nil, refuse(ctx, "Only administrators and the secretariat see the roles of others. Ask one of them.")
	}
	all, err := k.grants(inside(ctx), personID)
	if err != nil {
		return nil, err
	}
	return all, k.asSeen(ctx, all)
}

// asSeen puts in the place of what grants are about what the viewer in the context sees of it: nothing where she does not see
// it, and of what she sees no more than she does elsewhere.
func (k *Keeper) asSeen(ctx context.Context, all []*ent.Grant) error {
	var actors, chapters []term.ID
	for _, g := range all {
		if a := g.Edges.Actor; a != nil {
			actors = append(actors, a.ID)
		}
		if c := g.Edges.Chapter; c != nil {
			chapters = append(chapters, c.ID)
		}
	}
	seenActors, err := k.client(ctx).Actor.Query().Where(actor.IDIn(actors...)).All(ctx)
	if err != nil {
		return err
	}
	seenChapters, err := k.client(ctx).Chapter.Query().Where(chapter.IDIn(chapters...)).WithState().All(ctx)
	if err != nil {
		return err
	}
	for _, g := range all {
		if a := g.Edges.Actor; a != nil {
			g.Edges.Actor = among(seenActors, func(s *ent.Actor) bool { return s.ID == a.ID })
		}
		if c := g.Edges.Chapter; c != nil {
			g.Edges.Chapter = among(seenChapters, func(s *ent.Chapter) bool { return s.ID == c.ID })
		}
	}
	return nil
}

// among finds the row that fits; nil where there is none.
func among[T any](rows []*T, fits func(*T) bool) *T {
	if i := slices.IndexFunc(rows, fits); i >= 0 {
		return rows[i]
	}
	return nil
}

func (k *Keeper) grants(ctx context.Context, id term.ID) ([]*ent.Grant, error) {
	return k.client(ctx).Grant.Query().Where(grant.HasPersonWith(person.ID(id)), k.holds()).WithActor().WithChapter(withState).WithDelegatedBy().
		Order(ent.Asc(grant.FieldGivenAt, grant.FieldID)).All(ctx)
}

// PassedOn lists the roles that hang on those of a person now, each with who holds it, its organisation and its chapter,
// oldest first. End ends them. For the person herself and the program.
func (k *Keeper) PassedOn(ctx context.Context, personID term.ID) ([]*ent.Grant, error) {
	if err := needSelf(ctx, personID); err != nil {
		return nil, err
	}
	ctx = inside(ctx)
	return k.client(ctx).Grant.Query().Where(grant.HasDelegatedByWith(grant.PersonID(personID)), k.holds()).
		WithPerson().WithActor().WithChapter().WithDelegatedBy().Order(ent.Asc(grant.FieldGivenAt, grant.FieldID)).All(ctx)
}

func withState(q *ent.ChapterQuery) { q.WithState() }

// Grant finds a role, whoever holds it, with its organisation and chapter. For the program only.
func (k *Keeper) Grant(ctx context.Context, id term.ID) (*ent.Grant, error) {
	if err := needProgram(ctx); err != nil {
		return nil, err
	}
	g, err := firstOf(k.client(ctx).Grant.Query().Where(grant.ID(id)).WithActor().WithChapter().WithDelegatedBy().Only(inside(ctx)))
	if err == nil && g == nil {
		return nil, errRole()
	}
	return g, err
}

// Held finds the role that a person holds now for an organisation or a chapter. For whoever may give it.
func (k *Keeper) Held(ctx context.Context, person term.ID, role access.Role, actorKey, chapterCode string) (*ent.Grant, error) {
	if !mayGive(access.From(ctx), role) {
		return nil, errRole()
	}
	all, err := k.grants(inside(ctx), person)
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		a, c := g.Edges.Actor, g.Edges.Chapter
		if g.Role == role && (a == nil || a.Key == actorKey) && (c == nil || strings.EqualFold(c.Code, chapterCode)) {
			return g, nil
		}
	}
	return nil, errRole()
}
