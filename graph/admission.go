package graph

import (
	"context"

	"adam/internal/access"
	"adam/internal/catalogue"
	"adam/internal/fault"

	"github.com/99designs/gqlgen/graphql"
)

// scopes say what a token must have been made for, by mutation. What is not listed here nobody may do.
var scopes = map[string]access.Scope{
	"createActivity": access.ScopeWrite, "updateActivity": access.ScopeWrite, "withdrawActivity": access.ScopeWrite,
	"restoreActivity": access.ScopeWrite, "renameActivity": access.ScopeWrite,
	"createActor": access.ScopeWrite, "updateActor": access.ScopeWrite, "withdrawActor": access.ScopeWrite,
	"restoreActor": access.ScopeWrite, "renameActor": access.ScopeWrite,
	"createLaw": access.ScopeWrite, "updateLaw": access.ScopeWrite, "withdrawLaw": access.ScopeWrite,
	"restoreLaw": access.ScopeWrite, "renameLaw": access.ScopeWrite,
	"createPolicy": access.ScopeWrite, "updatePolicy": access.ScopeWrite, "withdrawPolicy": access.ScopeWrite,
	"restorePolicy": access.ScopeWrite, "renamePolicy": access.ScopeWrite,
	"createMechanism": access.ScopeWrite, "updateMechanism": access.ScopeWrite, "withdrawMechanism": access.ScopeWrite,
	"restoreMechanism": access.ScopeWrite, "renameMechanism": access.ScopeWrite,
	"updateState": access.ScopeWrite,
	"addFunding":  access.ScopeWrite, "updateFunding": access.ScopeWrite, "removeFunding": access.ScopeWrite,
	"createNeed": access.ScopeWrite, "updateNeed": access.ScopeWrite, "withdrawNeed": access.ScopeWrite,
	"restoreNeed": access.ScopeWrite, "renameNeed": access.ScopeWrite,
	"offerForNeed": access.ScopeWrite, "withdrawOffer": access.ScopeWrite, "answerOffer": access.ScopeWrite, "meetNeed": access.ScopeWrite, "reopenNeed": access.ScopeWrite,
	"dismissConceptFlag": access.ScopeWrite, "restoreConceptFlag": access.ScopeWrite,
	"disputeRecord": access.ScopeWrite, "retractDispute": access.ScopeWrite, "decideDispute": access.ScopeWrite,
	"shareRecord":    access.ScopeWrite,
	"resolveOverlap": access.ScopeWrite, "assignOverlap": access.ScopeWrite,

	"mapImport": access.ScopeWrite, "pickImport": access.ScopeWrite, "applyImport": access.ScopeWrite, "discardImport": access.ScopeWrite, "undoImport": access.ScopeWrite,
	"createQuestionnaire": access.ScopeWrite, "recordResponse": access.ScopeWrite, "noteCompleteness": access.ScopeWrite,
	"openCycle": access.ScopeWrite, "openPortfolio": access.ScopeWrite, "nominateFocalPoint": access.ScopeWrite, "acceptCycle": access.ScopeWrite, "declineCycle": access.ScopeWrite,
	"confirmItems": access.ScopeWrite, "correctItem": access.ScopeWrite, "disputeItem": access.ScopeWrite, "notOurs": access.ScopeWrite,
	"answerLater": access.ScopeWrite, "withdrawItem": access.ScopeWrite, "reopenItem": access.ScopeWrite, "addToCycle": access.ScopeWrite,
	"mergeSheets": access.ScopeWrite, "undoSheets": access.ScopeWrite,
	"completeCycle": access.ScopeWrite, "publishChapter": access.ScopeWrite, "returnCycle": access.ScopeWrite,
	"proposeRelease": access.ScopeWrite, "decideRelease": access.ScopeWrite, "withdrawRelease": access.ScopeWrite,
	"extendDeadline": access.ScopeWrite, "suspendCycle": access.ScopeWrite, "resumeCycle": access.ScopeWrite, "closeCycle": access.ScopeWrite, "remindCycle": access.ScopeWrite,

	"invitePerson": access.ScopeAccounts, "delegateRole": access.ScopeAccounts, "handOverRole": access.ScopeAccounts,
	"endRole": access.ScopeAccounts, "createToken": access.ScopeAccounts, "revokeToken": access.ScopeAccounts,
	"createCalendarAddress": access.ScopeAccounts, "revokeCalendarAddress": access.ScopeAccounts,
	"endSession": access.ScopeAccounts, "disablePerson": access.ScopeAccounts, "enablePerson": access.ScopeAccounts,
	"erasePerson": access.ScopeAccounts,
}

// The answers to whoever may not change anything at all: constant, so that they tell nothing of what was asked for.
const (
	signIn   = "Sign in to change the catalogue."
	noScope  = "This token was not made for this. Make one with the scope that it needs, or sign in."
	readOnly = "This server only reads. Send changes to the server that keeps the catalogue."
)

// admission lets mutations in: one place for all of them, before anything of the request is read.
func admission(r *Resolver) graphql.RootFieldMiddleware {
	return func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		root := graphql.GetRootFieldContext(ctx)
		if root == nil || graphql.GetFieldContext(ctx).Object != "Mutation" || root.Object == "__typename" {
			return next(ctx)
		}
		if err := admit(access.From(ctx), root.Field.Name, r.Store != nil); err != nil {
			denied(ctx, r.Store, root.Field.Name, err)
			at := graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Mutation", Field: root.Field})
			graphql.AddError(at, err)
			return graphql.Null
		}
		return next(ctx)
	}
}

// admit says why a viewer may do no such mutation, whatever it is about; nil where it depends on that.
func admit(v access.Viewer, mutation string, writes bool) error {
	scope, known := scopes[mutation]
	switch {
	case !v.Program && v.Person == 0:
		return fault.New(fault.Unauthenticated, signIn)
	case !known || !v.May(scope):
		return fault.New(fault.Forbidden, noScope)
	case !writes:
		return fault.New(fault.Forbidden, readOnly)
	}
	return nil
}

// WithIdempotencyKey keeps the Idempotency-Key header of a request, so that its mutations have one effect however often
// it is sent.
func WithIdempotencyKey(ctx context.Context, key string) context.Context {
	return catalogue.WithOnce(ctx, key)
}
