//go:build !codegen

package rule

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/actor"
	"adam/ent/amendment"
	"adam/ent/coordinationmechanism"
	"adam/ent/externalidentifier"
	"adam/ent/law"
	"adam/ent/need"
	"adam/ent/othername"
	"adam/ent/policydocument"
	"adam/ent/state"
	"adam/internal/search"
	"adam/internal/term"

	entgo "entgo.io/ent"
)

// NodeTable tells ent's Noder the table of an identifier, from its kind.
func NodeTable(_ context.Context, id term.ID) (string, error) {
	if id.Kind() == 0 {
		return "", errors.New("an id without a kind")
	}
	return id.Kind().Table(), nil
}

// text is what search reads of a record.
type text struct {
	withdrawn   bool
	key, title  string
	names, body []string
}

// readers load what search reads of a record, by its kind.
var readers = map[term.Kind]func(context.Context, *ent.Client, term.ID) (text, error){
	term.KindState: stateText, term.KindActor: actorText, term.KindLaw: lawText, term.KindPolicy: policyText,
	term.KindMechanism: mechanismText, term.KindActivity: activityText, term.KindNeed: needText,
}

func stateText(ctx context.Context, c *ent.Client, id term.ID) (text, error) {
	r, err := c.State.Get(ctx, id)
	if err != nil {
		return text{}, err
	}
	return text{r.Withdrawn, r.Key, r.Name, given(&r.Code, r.OfficialName), given(r.Capital, r.Subregion, r.Note)}, nil
}

func actorText(ctx context.Context, c *ent.Client, id term.ID) (text, error) {
	r, err := c.Actor.Query().Where(actor.ID(id)).WithOtherNames(func(q *ent.OtherNameQuery) { q.Order(othername.ByName(), othername.ByID()) }).WithState().Only(ctx)
	if err != nil {
		return text{}, err
	}
	names := given(r.Acronym)
	for _, n := range r.Edges.OtherNames {
		names = append(names, n.Name)
	}
	return text{r.Withdrawn, r.Key, r.Name, names, append(given(r.Mandate, r.Note, r.OrganisationIdentifier), stateName(r.Edges.State)...)}, nil
}

func lawText(ctx context.Context, c *ent.Client, id term.ID) (text, error) {
	r, err := c.Law.Query().Where(law.ID(id)).WithState().
		WithAmendments(func(q *ent.AmendmentQuery) { q.Order(amendment.ByPosition(), amendment.ByID()) }).Only(ctx)
	if err != nil {
		return text{}, err
	}
	body := append(given(r.Summary, r.PenaltyNote, r.Note), stateName(r.Edges.State)...)
	for _, a := range r.Edges.Amendments {
		body = append(body, a.Title)
	}
	return text{r.Withdrawn, r.Key, r.Title, given(r.TitleLocal, r.Number), body}, nil
}

func policyText(ctx context.Context, c *ent.Client, id term.ID) (text, error) {
	r, err := c.PolicyDocument.Query().Where(policydocument.ID(id)).WithState().Only(ctx)
	if err != nil {
		return text{}, err
	}
	return text{r.Withdrawn, r.Key, r.Title, given(r.Number), append(given(r.LeadAuthority, r.Summary, r.Note), stateName(r.Edges.State)...)}, nil
}

func mechanismText(ctx context.Context, c *ent.Client, id term.ID) (text, error) {
	r, err := c.CoordinationMechanism.Query().Where(coordinationmechanism.ID(id)).WithState().Only(ctx)
	if err != nil {
		return text{}, err
	}
	body := append(given(r.Subject, r.Mandate, r.Secretariat, r.Note), stateName(r.Edges.State)...)
	return text{r.Withdrawn, r.Key, r.Name, given(r.Acronym), body}, nil
}

func activityText(ctx context.Context, c *ent.Client, id term.ID) (text, error) {
	r, err := c.Activity.Query().Where(activity.ID(id)).
		WithExternalIdentifiers(func(q *ent.ExternalIdentifierQuery) {
			q.Order(externalidentifier.ByPosition(), externalidentifier.ByID())
		}).Only(ctx)
	if err != nil {
		return text{}, err
	}
	body := append(given(r.Summary, r.Results, r.Note), r.Places...)
	for _, x := range r.Edges.ExternalIdentifiers {
		body = append(body, x.Value)
	}
	return text{r.Withdrawn, r.Key, r.Title, given(r.Acronym), body}, nil
}

func needText(ctx context.Context, c *ent.Client, id term.ID) (text, error) {
	r, err := c.Need.Query().Where(need.ID(id)).WithState().Only(ctx)
	if err != nil {
		return text{}, err
	}
	return text{r.Withdrawn, r.Key, r.Title, nil, append(given(r.Gap, r.Note), stateName(r.Edges.State)...)}, nil
}

// stateName is the name of a State as the documents of others hold it: only where everybody may know it, since search
// would tell it to whoever sees those.
func stateName(s *ent.State) []string {
	if s == nil || s.Withdrawn || s.Visibility != term.Public {
		return nil
	}
	return []string{s.Name}
}

func given(texts ...*string) []string {
	var out []string
	for _, t := range texts {
		if t != nil && *t != "" {
			out = append(out, *t)
		}
	}
	return out
}

// pending collects records whose search documents are written at the end of a large load instead of after each row.
type pending struct {
	sync.Mutex
	ids map[term.ID]bool
}

type pendingKey struct{}

// Later postpones search documents until Flush: a loader writes each once, when all that hangs on it is there.
func Later(ctx context.Context) context.Context {
	return context.WithValue(ctx, pendingKey{}, &pending{ids: map[term.ID]bool{}})
}

// Flush writes the search documents that Later postponed, with the client of the same transaction.
func Flush(ctx context.Context, c *ent.Client) error {
	p, ok := ctx.Value(pendingKey{}).(*pending)
	if !ok {
		return nil
	}
	p.Lock()
	ids := p.ids
	p.ids = map[term.ID]bool{}
	p.Unlock()
	for id := range ids {
		if err := rewrite(ctx, c, id); err != nil {
			return err
		}
	}
	return nil
}

func refresh(ctx context.Context, c *ent.Client, ids ...term.ID) error {
	if p, ok := ctx.Value(pendingKey{}).(*pending); ok {
		p.Lock()
		defer p.Unlock()
		for _, id := range ids {
			p.ids[id] = true
		}
		return nil
	}
	for _, id := range ids {
		if err := rewrite(ctx, c, id); err != nil {
			return err
		}
	}
	return nil
}

// readIn lists the records whose search documents a change touches: its own, and those that show the name of a State.
func readIn(ctx context.Context, c *ent.Client, id term.ID, changed []term.Change) ([]term.ID, error) {
	out := []term.ID{id}
	shown := slices.ContainsFunc(changed, func(c term.Change) bool {
		return c.Field == state.FieldName || c.Field == state.FieldWithdrawn || c.Field == state.FieldVisibility
	})
	if id.Kind() != term.KindState || !shown {
		return out, nil
	}
	ctx = WithWithdrawn(ctx)
	for _, q := range []interface {
		IDs(context.Context) ([]term.ID, error)
	}{
		c.Actor.Query().Where(actor.StateID(id)), c.Law.Query().Where(law.StateID(id)),
		c.PolicyDocument.Query().Where(policydocument.StateID(id)), c.CoordinationMechanism.Query().Where(coordinationmechanism.StateID(id)),
		c.Need.Query().Where(need.StateID(id)),
	} {
		ids, err := q.IDs(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	return out, nil
}

// rewrite brings the anchor of a record in line with it.
func rewrite(ctx context.Context, c *ent.Client, id term.ID) error {
	read, ok := readers[id.Kind()]
	if !ok {
		return fmt.Errorf("%s is no record", id)
	}
	t, err := read(WithWithdrawn(ctx), c, id)
	if err != nil {
		return err
	}
	d := search.NewDocument(t.key, t.title, t.names, t.body...)
	if t.withdrawn {
		d = search.Document{} // found by nothing
	}
	return c.Record.UpdateOneID(id).SetKey(t.key).SetTitle(t.title).SetNames(strings.Join(t.names, "\n")).
		SetBody(strings.Join(t.body, "\n")).SetKeyTokens(d[search.Key]).SetTitleTokens(d[search.Title]).
		SetNamesTokens(d[search.Names]).SetBodyTokens(d[search.Body]).Exec(ctx)
}

// PartHooks keep the search document of a record in line with a part that it reads: an other name, an amendment, an
// external identifier. parent is the field that names the record.
func PartHooks(parent string) []entgo.Hook {
	return []entgo.Hook{func(next entgo.Mutator) entgo.Mutator {
		return entgo.MutateFunc(func(ctx context.Context, em entgo.Mutation) (entgo.Value, error) {
			m, ok := em.(mutation)
			if !ok {
				return nil, fmt.Errorf("part hook: %T is no part", em)
			}
			owners, err := ownersOf(ctx, m, parent)
			if err != nil {
				return nil, err
			}
			value, err := next.Mutate(ctx, m)
			if err != nil {
				return nil, err
			}
			return value, refresh(inside(ctx), m.Client(), owners...)
		})
	}}
}

// ownersOf finds the records that a mutation's rows hang on, before the rows are changed or gone.
func ownersOf(ctx context.Context, m mutation, parent string) ([]term.ID, error) {
	if v, ok := m.Field(parent); ok {
		return []term.ID{v.(term.ID)}, nil
	}
	ids, err := m.IDs(ctx)
	if err != nil {
		return nil, err
	}
	owners := make([]term.ID, len(ids))
	for i, id := range ids {
		if owners[i], err = ownerOf(ctx, m.Client(), id); err != nil {
			return nil, err
		}
	}
	return owners, nil
}

// ownerOf does not ask Noder: inside a GraphQL answer that would load only what the answer shows.
func ownerOf(ctx context.Context, c *ent.Client, part term.ID) (owner term.ID, _ error) {
	switch part.Kind() {
	case term.KindOtherName:
		p, err := c.OtherName.Get(ctx, part)
		if err == nil {
			owner = p.ActorID
		}
		return owner, err
	case term.KindAmendment:
		p, err := c.Amendment.Get(ctx, part)
		if err == nil {
			owner = p.LawID
		}
		return owner, err
	case term.KindExternalIdentifier:
		p, err := c.ExternalIdentifier.Get(ctx, part)
		if err == nil {
			owner = p.ActivityID
		}
		return owner, err
	}
	return 0, fmt.Errorf("%s is no part that search reads", part)
}
