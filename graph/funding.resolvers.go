package graph

import (
	"adam/ent"
	"adam/graph/cursor"
	"adam/internal/funding"
	"adam/internal/search"
	"adam/internal/term"
	"context"
)

func (r *queryResolver) Rates(ctx context.Context, after *string, first *int, before *string, last *int, currency *string, orderBy *ent.RateOrder) (*ent.RateConnection, error) {
	q, err := ratesOf(ctx, currency)
	if err != nil {
		return nil, err
	}
	return q.Paginate(ctx, cursor.At(after), first, cursor.At(before), last, ent.WithRateOrder(orderBy))
}

func (r *queryResolver) WhoFundsWhatWhere(ctx context.Context, filter *search.ActivityFilter, by []funding.Dimension, kind *term.FundingKind, currency *string) (*funding.Answer, error) {
	return r.whoFunds(ctx, filter, funding.Query{By: by, Kind: kind, Currency: currencyOr(currency)})
}

func (r *whoFundsWhatWhereResolver) Row(ctx context.Context, obj *funding.Answer, cell FundingCellInput) (*funding.Row, error) {
	return rowAt(ctx, obj, cell)
}

func (r *fundingRowResolver) Donor(ctx context.Context, obj *funding.Row) (*ent.Actor, error) {
	return optional(ctx, loadersFrom(ctx).actors, obj.DonorID)
}

func (r *fundingRowResolver) Implementer(ctx context.Context, obj *funding.Row) (*ent.Actor, error) {
	return optional(ctx, loadersFrom(ctx).actors, obj.ImplementerID)
}

func (r *fundingRowResolver) State(ctx context.Context, obj *funding.Row) (*ent.State, error) {
	return optional(ctx, loadersFrom(ctx).states, obj.StateID)
}

func (r *fundingRowResolver) Activities(ctx context.Context, obj *funding.Row, first *int, after *string) ([]*ent.Activity, error) {
	return activitiesOf(ctx, obj, first, after)
}

func (r *explainedFundingResolver) Line(ctx context.Context, obj *funding.Explained) (*ent.Funding, error) {
	return optional(ctx, loadersFrom(ctx).lines, obj.LineID)
}

func (r *explainedFundingResolver) Instead(ctx context.Context, obj *funding.Explained) (*ent.Funding, error) {
	return optional(ctx, loadersFrom(ctx).lines, obj.InsteadID)
}

func (r *Resolver) WhoFundsWhatWhere() WhoFundsWhatWhereResolver {
	return &whoFundsWhatWhereResolver{r}
}

func (r *Resolver) FundingRow() FundingRowResolver { return &fundingRowResolver{r} }

func (r *Resolver) ExplainedFunding() ExplainedFundingResolver { return &explainedFundingResolver{r} }

type (
	whoFundsWhatWhereResolver struct{ *Resolver }
	fundingRowResolver        struct{ *Resolver }
	explainedFundingResolver  struct{ *Resolver }
)
