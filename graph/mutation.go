package graph

import (
	"context"

	"adam/ent"
	"adam/ent/rule"
	"adam/ent/share"
	"adam/internal/catalogue"
	"adam/internal/search"
	"adam/internal/store"
	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
)

// change is what a mutation does in its transaction; it gives the id of what it made or changed.
type change = func(context.Context, *ent.Tx) (term.ID, error)

// changed runs a mutation in one transaction, once for each Idempotency-Key, and reads what came of it as the viewer sees
// it afterwards; also what was withdrawn, since whoever did that knows it.
func changed[T any](ctx context.Context, st *store.Store, input any, do change, now func(context.Context, term.ID) (T, error)) (T, error) {
	field := graphql.GetFieldContext(ctx).Field
	id, err := catalogue.Once(ctx, st, catalogue.Request{Name: field.Name, Place: field.Alias, Input: input}, do)
	if err != nil {
		denied(ctx, st, field.Name, err)
		var none T
		return none, err
	}
	loadersFrom(ctx).forget(id)
	return now(rule.WithWithdrawn(ctx), id)
}

func writing(do func(context.Context, *ent.Tx, term.Kind, map[string]any) (term.ID, error), kind term.Kind, input map[string]any) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return do(ctx, tx, kind, input) }
}

func given[T any](do func(context.Context, *ent.Tx, T) (term.ID, error), input T) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return do(ctx, tx, input) }
}

func with(do func(context.Context, *ent.Tx, term.Kind, string, int, string) (term.ID, error), kind term.Kind, key string, version int, reason string) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) { return do(ctx, tx, kind, key, version, reason) }
}

func renaming(kind term.Kind, in RenameInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Rename(ctx, tx, kind, in.Key, in.Version, in.NewKey, in.Reason)
	}
}

func disputing(in DisputeRecordInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Dispute(ctx, tx, in.Record, in.Version, orNone(in.Field), in.Reason)
	}
}

func retracting(in RetractDisputeInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Retract(ctx, tx, in.Dispute, orNone(in.Reason))
	}
}

func deciding(in DecideDisputeInput) change {
	return func(ctx context.Context, tx *ent.Tx) (term.ID, error) {
		return catalogue.Decide(ctx, tx, in.Dispute, in.Uphold, in.Reason)
	}
}

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func activityNow(ctx context.Context, id term.ID) (*ent.Activity, error) {
	return client(ctx).Activity.Get(ctx, id)
}

func actorNow(ctx context.Context, id term.ID) (*ent.Actor, error) {
	return client(ctx).Actor.Get(ctx, id)
}

func lawNow(ctx context.Context, id term.ID) (*ent.Law, error) { return client(ctx).Law.Get(ctx, id) }

func policyNow(ctx context.Context, id term.ID) (*ent.PolicyDocument, error) {
	return client(ctx).PolicyDocument.Get(ctx, id)
}

func mechanismNow(ctx context.Context, id term.ID) (*ent.CoordinationMechanism, error) {
	return client(ctx).CoordinationMechanism.Get(ctx, id)
}

func stateNow(ctx context.Context, id term.ID) (*ent.State, error) {
	return client(ctx).State.Get(ctx, id)
}

func needNow(ctx context.Context, id term.ID) (*ent.Need, error) {
	return client(ctx).Need.Get(ctx, id)
}

func disputeNow(ctx context.Context, id term.ID) (*ent.Dispute, error) {
	d, err := client(ctx).Dispute.Get(ctx, id)
	if err == nil {
		loadersFrom(ctx).forget(d.RecordID)
	}
	return d, err
}

func sharingNow(ctx context.Context, id term.ID) (*ShareRecordPayload, error) {
	if id.Kind() == term.KindFunding {
		line, err := client(ctx).Funding.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		shares, err := client(ctx).Share.Query().Where(share.FundingID(id)).Order(share.ByAt(), share.ByID()).All(ctx)
		return &ShareRecordPayload{Funding: line, SharedWith: shares}, err
	}
	found, err := search.Records(ctx, client(ctx), []term.ID{id})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	shares, err := sharesOf(ctx, id)
	return &ShareRecordPayload{Record: found[0], SharedWith: shares}, err
}

// institution is an institution that may be unknown.
func institution(name *string) *ent.Institution {
	if name == nil {
		return nil
	}
	return &ent.Institution{Name: *name}
}
