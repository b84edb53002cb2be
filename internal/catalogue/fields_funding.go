package catalogue

import (
	"context"
	"regexp"

	"adam/ent"
	"adam/ent/allocation"
	"adam/ent/funding"
	"adam/internal/fault"
	"adam/internal/term"
)

var currency = regexp.MustCompile(`^[A-Z]{3}$`)

// fundingFields are what can be written of a line of money.
var fundingFields = []field{
	code[term.FundingKind]("kind", funding.FieldKind),
	amount("amount", funding.FieldAmount),
	like("currency", funding.FieldCurrency, currency, "%q is no currency. Use its ISO 4217 code in capitals, such as AUD."),
	partial("valueOn", funding.FieldValueOn),
	code[term.FundingReporter]("reportedBy", funding.FieldReportedBy).or(term.ReporterUnknown),
	refer("provider", funding.FieldProviderID, term.KindActor),
	refer("receiver", funding.FieldReceiverID, term.KindActor),
	refer("reporter", funding.FieldReporterID, term.KindActor).housekeeping(),
	refer("upstream", funding.FieldUpstreamID, term.KindFunding),
	flag("amountChecked", funding.FieldAmountChecked).housekeeping().or(nil),
	text("note", funding.FieldNote).housekeeping(),
	code[term.Visibility]("visibility", funding.FieldVisibility).housekeeping().needed().or(term.Restricted),
	flag("amountWithheld", funding.FieldAmountWithheld).housekeeping(),
	flag("countable", funding.FieldCountable).housekeeping().or(true),
	{name: "allocations", fact: true, part: allocations},
}

// amount is a sum of money: exact, and never below zero.
func amount(name, column string) field {
	return field{name: name, column: column, fact: true, read: func(in *intake, path string, v any) (any, bool) {
		a, err := term.ParseAmount(textOf(v))
		if f := fault.As(err); f != nil {
			in.fail(path, "%s", f.Sentence)
			return nil, false
		}
		if a < 0 {
			in.fail(path, "An amount is not below zero. Write what was paid or promised.")
			return nil, false
		}
		return a, true
	}}
}

// allocations are the shares of a line for States and themes, as they were reported.
var allocations = &part{
	kind: term.KindAllocation, parent: allocation.FieldFundingID, same: []string{allocation.FieldStateID, allocation.FieldTheme},
	items: []field{
		refer("state", allocation.FieldStateID, term.KindState),
		code[term.Theme]("theme", allocation.FieldTheme),
		percentage("percentage", allocation.FieldPercentage).needed().or(nil),
	},
	check: func(in *intake, path string, values map[string]any) {
		if (values[allocation.FieldStateID] == nil) == (values[allocation.FieldTheme] == nil) {
			in.fail(path, "A share is for a State or for a theme: name one of the two.")
		}
	},
	whole: func(in *intake, path string, all []item) {
		in.atMostAll(path, all, func(values map[string]any) string {
			if values[allocation.FieldTheme] != nil {
				return "theme"
			}
			return "State"
		})
	},
	load: func(ctx context.Context, c *ent.Client, id term.ID) ([]row, error) {
		return rowsOf(c.Allocation.Query().Where(allocation.FundingID(id)).Order(allocation.ByID()).All(ctx))
	},
	create: func(c *ent.Client) (mutation, execer) { b := c.Allocation.Create(); return b.Mutation(), b },
	update: func(c *ent.Client, id term.ID) (mutation, execer) {
		b := c.Allocation.UpdateOneID(id)
		return b.Mutation(), b
	},
	remove: func(ctx context.Context, c *ent.Client, id term.ID) error {
		return c.Allocation.DeleteOneID(id).Exec(ctx)
	},
}
