package ent

import (
	"context"
	"slices"
	"strings"

	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
)

// Dialect names the engine behind the client, for the few queries that the two engines spell differently.
func (c *Client) Dialect() string { return c.driver.Dialect() }

// CatalogueRecord is a record of any of the types that share a key, a version, themes and verification.
type CatalogueRecord interface {
	Noder
	IsCatalogueRecord()
}

// Institution is an institution that says or does something; never a person.
type Institution struct{ Name string }

// Verification is what an institution that answers for a record has said of it.
type Verification struct {
	Status term.VerificationStatus
	By     *Institution
	On     term.Date
	Until  term.Date
	Zone   string // in which its days are counted: that of a chapter, or of the region where it is empty
}

func verification(status term.VerificationStatus, by *string, on, until term.Date) *Verification {
	v := &Verification{Status: status, On: on, Until: until}
	if by != nil {
		v.By = &Institution{Name: *by}
	}
	return v
}

func themes(smuggling, trafficking term.Significance) []term.Theme {
	out := []term.Theme{}
	if smuggling != term.NotTargeted {
		out = append(out, term.Smuggling)
	}
	if trafficking != term.NotTargeted {
		out = append(out, term.Trafficking)
	}
	return out
}

// Themes are the two subjects of the catalogue, as far as the record is about them.
func (s *State) Themes() []term.Theme { return themes(s.Smuggling, s.Trafficking) }

// Themes are the two subjects of the catalogue, as far as the record is about them.
func (a *Actor) Themes() []term.Theme { return themes(a.Smuggling, a.Trafficking) }

// Themes are the two subjects of the catalogue, as far as the record is about them.
func (l *Law) Themes() []term.Theme { return themes(l.Smuggling, l.Trafficking) }

// Themes are the two subjects of the catalogue, as far as the record is about them.
func (p *PolicyDocument) Themes() []term.Theme { return themes(p.Smuggling, p.Trafficking) }

// Themes are the two subjects of the catalogue, as far as the record is about them.
func (m *CoordinationMechanism) Themes() []term.Theme { return themes(m.Smuggling, m.Trafficking) }

// Themes are the two subjects of the catalogue, as far as the record is about them.
func (a *Activity) Themes() []term.Theme { return themes(a.Smuggling, a.Trafficking) }

// Themes are the two subjects of the catalogue, as far as the record is about them.
func (n *Need) Themes() []term.Theme { return themes(n.Smuggling, n.Trafficking) }

// Verification is what institutions that answer for the record have said of it.
func (s *State) Verification() *Verification {
	return verification(s.VerifiedStatus, s.VerifiedBy, s.VerifiedOn, s.VerifiedUntil)
}

// Verification is what institutions that answer for the record have said of it.
func (a *Actor) Verification() *Verification {
	return verification(a.VerifiedStatus, a.VerifiedBy, a.VerifiedOn, a.VerifiedUntil)
}

// Verification is what institutions that answer for the record have said of it.
func (l *Law) Verification() *Verification {
	return verification(l.VerifiedStatus, l.VerifiedBy, l.VerifiedOn, l.VerifiedUntil)
}

// Verification is what institutions that answer for the record have said of it.
func (p *PolicyDocument) Verification() *Verification {
	return verification(p.VerifiedStatus, p.VerifiedBy, p.VerifiedOn, p.VerifiedUntil)
}

// Verification is what institutions that answer for the record have said of it.
func (m *CoordinationMechanism) Verification() *Verification {
	return verification(m.VerifiedStatus, m.VerifiedBy, m.VerifiedOn, m.VerifiedUntil)
}

// Verification is what institutions that answer for the record have said of it.
func (a *Activity) Verification() *Verification {
	return verification(a.VerifiedStatus, a.VerifiedBy, a.VerifiedOn, a.VerifiedUntil)
}

// Verification is what institutions that answer for the record have said of it.
func (n *Need) Verification() *Verification {
	return verification(n.VerifiedStatus, n.VerifiedBy, n.VerifiedOn, n.VerifiedUntil)
}

// Verification is whether the chapter as a whole has been verified.
func (c *Chapter) Verification() *Verification {
	v := verification(c.VerifiedStatus, c.VerifiedBy, c.VerifiedOn, c.VerifiedUntil)
	v.Zone = c.TimeZone
	return v
}

// collected gives the rows of an edge that entgql loaded under the present field's alias, or loads them.
func collected[T any](ctx context.Context, named func(string) ([]T, error), edges func() ([]T, error), load func(context.Context) ([]T, error)) ([]T, error) {
	rows, err := edges()
	if fc := graphql.GetFieldContext(ctx); fc != nil && fc.Field.Alias != "" {
		rows, err = named(fc.Field.Alias)
	}
	if IsNotLoaded(err) {
		return load(ctx)
	}
	return rows, err
}

// sortedChapters puts chapters in the order of their codes, the region last.
func sortedChapters(all []*Chapter, err error) ([]*Chapter, error) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b *Chapter) int {
		if (a.StateID == nil) != (b.StateID == nil) {
			return map[bool]int{true: 1, false: -1}[a.StateID == nil]
		}
		return strings.Compare(a.Code, b.Code)
	})
	return all, err
}

// Chapters are the chapters that the record belongs to, by code, the region last.
func (a *Actor) Chapters(ctx context.Context) ([]*Chapter, error) {
	return sortedChapters(collected(ctx, a.NamedInChapters, a.Edges.InChaptersOrErr, func(ctx context.Context) ([]*Chapter, error) { return a.QueryInChapters().All(ctx) }))
}

// Chapters are the chapters that the record belongs to, by code, the region last.
func (l *Law) Chapters(ctx context.Context) ([]*Chapter, error) {
	return sortedChapters(collected(ctx, l.NamedInChapters, l.Edges.InChaptersOrErr, func(ctx context.Context) ([]*Chapter, error) { return l.QueryInChapters().All(ctx) }))
}

// Chapters are the chapters that the record belongs to, by code, the region last.
func (p *PolicyDocument) Chapters(ctx context.Context) ([]*Chapter, error) {
	return sortedChapters(collected(ctx, p.NamedInChapters, p.Edges.InChaptersOrErr, func(ctx context.Context) ([]*Chapter, error) { return p.QueryInChapters().All(ctx) }))
}

// Chapters are the chapters that the record belongs to, by code, the region last.
func (m *CoordinationMechanism) Chapters(ctx context.Context) ([]*Chapter, error) {
	return sortedChapters(collected(ctx, m.NamedInChapters, m.Edges.InChaptersOrErr, func(ctx context.Context) ([]*Chapter, error) { return m.QueryInChapters().All(ctx) }))
}

// Chapters are the chapters that the record belongs to, by code, the region last.
func (a *Activity) Chapters(ctx context.Context) ([]*Chapter, error) {
	return sortedChapters(collected(ctx, a.NamedInChapters, a.Edges.InChaptersOrErr, func(ctx context.Context) ([]*Chapter, error) { return a.QueryInChapters().All(ctx) }))
}
