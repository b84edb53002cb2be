package catalogue

import (
	"context"
	"slices"

	"adam/ent"
	"adam/ent/amendment"
	"adam/ent/law"
	"adam/ent/penalty"
	"adam/ent/provision"
	"adam/internal/term"

	"entgo.io/ent/dialect/sql"
)

// laws is how laws are written.
func laws() *subject {
	return &subject{
		kind: term.KindLaw, record: term.RecordLaw, word: "law", by: "key", column: law.FieldKey, title: "title",
		fields: append(common(), lawFields()...),
		create: func(c *ent.Client) (mutation, execer) { b := c.Law.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) { b := c.Law.UpdateOneID(id); return b.Mutation(), b },
		find: func(ctx context.Context, c *ent.Client, w func(*sql.Selector)) (any, error) {
			return c.Law.Query().Where(w).Only(ctx)
		},
		chapters: func(ctx context.Context, c *ent.Client, id term.ID) ([]*ent.Chapter, error) {
			return c.Law.Query().Where(law.ID(id)).QueryInChapters().All(ctx)
		},
	}
}

func lawFields() []field {
	return []field{
		refer("state", law.FieldStateID, term.KindState).needed(),
		line("title", law.FieldTitle, longTitle).needed(),
		line("titleLocal", law.FieldTitleLocal, longTitle),
		line("number", law.FieldNumber, longLine),
		partial("year", law.FieldYear),
		partial("adoptedOn", law.FieldAdoptedOn),
		partial("inForceOn", law.FieldInForceOn),
		code[term.LawStatus]("status", law.FieldStatus).needed(),
		refer("replacedBy", law.FieldReplacedByID, term.KindLaw),
		code[term.Criminalisation]("criminalisesTrafficking", law.FieldCriminalisesTrafficking).or(term.CriminalisationUnread),
		code[term.Criminalisation]("criminalisesSmuggling", law.FieldCriminalisesSmuggling).or(term.CriminalisationUnread),
		text("penaltyNote", law.FieldPenaltyNote),
		texts("keyArticles", law.FieldKeyArticles, longLine, nil, ""),
		text("summary", law.FieldSummary),
		chapters(),
		{name: "elements", fact: true, part: elements()},
		{name: "penalties", fact: true, part: penalties()},
		{name: "amendments", fact: true, part: amendments()},
	}
}

// elements are what a law does about the elements of the offences. One whose reading changes is a first reading again.
func elements() *part {
	return &part{
		kind: term.KindProvision, parent: provision.FieldLawID, same: []string{provision.FieldTheme, provision.FieldElement},
		items: []field{
			code[term.Theme]("theme", provision.FieldTheme).needed(),
			code[term.OffenceElement]("element", provision.FieldElement).needed(),
			code[term.Coverage]("coverage", provision.FieldCoverage).needed(),
			line("article", provision.FieldArticle, longLine),
		},
		anew: map[string]any{provision.FieldFirstReading: true},
		check: func(in *intake, path string, values map[string]any) {
			theme, _ := values[provision.FieldTheme].(term.Theme)
			element, _ := values[provision.FieldElement].(term.OffenceElement)
			if !slices.Contains(term.Elements(theme), element) {
				in.fail(path+".element", "%s is no element of the offence of %s. Choose one of its own.", element, theme)
			}
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.Provision.Query().Where(provision.LawID(id)).Order(provision.ByTheme(), provision.ByElement()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.Provision.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Provision.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.Provision.DeleteOneID(id).Exec(ctx)
		},
	}
}

func penalties() *part {
	return &part{
		kind: term.KindPenalty, parent: penalty.FieldLawID, same: []string{penalty.FieldTheme, penalty.FieldKind},
		items: []field{
			code[term.Theme]("theme", penalty.FieldTheme).needed(),
			code[term.PenaltyKind]("kind", penalty.FieldKind).needed(),
			number("years", penalty.FieldYears, 1, 200),
			line("article", penalty.FieldArticle, longLine),
		},
		check: func(in *intake, path string, values map[string]any) {
			if (values[penalty.FieldKind] == term.PenaltyYears) != (values[penalty.FieldYears] != nil) {
				in.fail(path+".years", "A penalty of kind YEARS says how many years, and no other does.")
			}
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.Penalty.Query().Where(penalty.LawID(id)).Order(penalty.ByTheme(), penalty.ByKind()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.Penalty.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Penalty.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error { return c.Penalty.DeleteOneID(id).Exec(ctx) },
	}
}

func amendments() *part {
	return &part{
		kind: term.KindAmendment, parent: amendment.FieldLawID, ordered: true,
		same: []string{amendment.FieldTitle, amendment.FieldNumber, amendment.FieldYear},
		items: []field{
			line("title", amendment.FieldTitle, longTitle).needed(),
			line("number", amendment.FieldNumber, longLine),
			partial("year", amendment.FieldYear),
			refer("amendingLaw", amendment.FieldAmendingLawID, term.KindLaw),
		},
		load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
			return rowsOf(c.Amendment.Query().Where(amendment.LawID(id)).Order(amendment.ByID()).All(ctx))
		},
		create: func(c *ent.Client) (mutation, execer) { b := c.Amendment.Create(); return b.Mutation(), b },
		update: func(c *ent.Client, id term.ID) (mutation, execer) {
			b := c.Amendment.UpdateOneID(id)
			return b.Mutation(), b
		},
		remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
			return c.Amendment.DeleteOneID(id).Exec(ctx)
		},
	}
}
