// Package transport speaks GraphQL over HTTP as the GraphQL-over-HTTP specification wants it: media types by
// negotiation, 200 for application/json whatever the operation brought, no `data` where nothing was executed, GET for
// queries only. gqlgen's own transports fail a third of its audits and encode every answer twice.
//
// Here also every error gets its last shape: a sentence for a person and one of the codes of interface.md.
package transport

import (
	"context"
	"errors"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adam/internal/fault"
)

// maxErrors is how many errors of one refused request are told: a document can hold thousands, and nobody reads them.
const maxErrors = 20

// New makes the handler of a schema with what every door of ADAM has in common: POST and GET, errors as Present
// shapes them, introspection (the interface is public), no suggestions. It answers at whatever path it is mounted.
// Limits are not its business: see package limit.
func New(es graphql.ExecutableSchema) *handler.Server {
	srv := handler.New(es)
	srv.AddTransport(POST{})
	srv.AddTransport(GET{})
	srv.AddTransport(Other{})
	srv.SetErrorPresenter(Present)
	srv.SetRecoverFunc(Recover)
	srv.SetDisableSuggestion(true)
	srv.SetValidationRulesFn(rulesWithoutSuggestions)
	srv.Use(extension.Introspection{})
	return srv
}

// POST answers POST requests whose body is JSON.
type POST struct{}

// GET answers queries given in the address, and HEAD as GET without the body.
type GET struct{}

// Other refuses every other method with 405 and answers OPTIONS. It must be added last.
type Other struct{}

var _, _, _ graphql.Transport = POST{}, GET{}, Other{}

// Supports says whether the request is a POST; what its body is, Do looks at, so that it can say what is wrong.
func (POST) Supports(r *http.Request) bool { return r.Method == http.MethodPost }

// Supports says whether the request is a GET or a HEAD.
func (GET) Supports(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// Supports is always true.
func (Other) Supports(*http.Request) bool { return true }

// Do answers one POST request.
func (POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	serve(w, r, exec, readBody)
}

// Do answers one GET or HEAD request.
func (GET) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	serve(w, r, exec, readAddress)
}

// Do answers OPTIONS with the methods there are, and refuses the rest.
func (Other) Do(w http.ResponseWriter, r *http.Request, _ graphql.GraphExecutor) {
	w.Header().Set("Allow", "GET, HEAD, POST, OPTIONS")
	if r.Method == http.MethodOptions {
		w.Header().Set("Accept-Post", mediaJSON)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	media, _ := negotiate(r.Header)
	refuse(w, r, media, &refusal{http.StatusMethodNotAllowed, fault.New(fault.Invalid,
		"The method %s is not for this address: send a query with GET or POST, a mutation with POST.", clip(r.Method))})
}

// serve is the way of one request: agree on the media type, read the parameters, execute, write.
func serve(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, read reader) {
	media, acceptable := negotiate(r.Header)
	w.Header().Add("Vary", "Accept")
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler {
				panic(v)
			}
			refuse(w, r, media, &refusal{http.StatusInternalServerError, fault.As(Recover(r.Context(), v))})
		}
	}()
	if !acceptable {
		refuse(w, r, media, &refusal{http.StatusNotAcceptable, fault.New(fault.Invalid,
			"Name %s or %s in the Accept header: the answer is given in no other form.", mediaGraphQL, mediaJSON)})
		return
	}
	params, wrong := read(w, r)
	if wrong != nil {
		refuse(w, r, media, wrong)
		return
	}
	execute(w, r, exec, media, params)
}

// execute hands well-formed parameters to the executor and writes what comes back.
func execute(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, media string, params *graphql.RawParams) {
	ctx := r.Context()
	op, errs := exec.CreateOperationContext(ctx, params)
	if wrong := wrongMethod(r, op); wrong != nil {
		w.Header().Set("Allow", "POST")
		refuse(w, r, media, wrong)
		return
	}
	var resp *graphql.Response
	if errs != nil {
		resp = exec.DispatchError(graphql.WithOperationContext(ctx, op), firstOf(errs))
		if resp != nil {
			resp.Data = nil // nothing was executed; the specification forbids the entry then
		}
	} else {
		next, opCtx := exec.DispatchOperation(ctx, op)
		resp = next(opCtx)
	}
	if resp == nil { // the executor gives nothing once the context is done
		if errors.Is(ctx.Err(), context.Canceled) {
			return // nobody is there to read an answer
		}
		refuse(w, r, media, &refusal{http.StatusServiceUnavailable, tooLong(ctx)})
		return
	}
	write(w, r, media, statusOf(media, resp), resp)
}

// wrongMethod refuses what the specification forbids over GET, and subscriptions, for which there is no transport.
// It looks before anything else that may be wrong with the operation, so that a mutation is always answered 405.
func wrongMethod(r *http.Request, op *graphql.OperationContext) *refusal {
	if op == nil || op.Operation == nil || op.Operation.Operation == ast.Query {
		return nil
	}
	if op.Operation.Operation == ast.Subscription {
		return &refusal{http.StatusMethodNotAllowed, fault.New(fault.Invalid,
			"Subscriptions are not offered: ask again with a query when you want to know what changed.")}
	}
	if r.Method == http.MethodPost {
		return nil
	}
	return &refusal{http.StatusMethodNotAllowed, fault.New(fault.Invalid,
		"A mutation changes the catalogue and is accepted by POST only: send it as the JSON body of a POST request.")}
}

// firstOf keeps the first errors of a refused request and says how many it leaves out.
func firstOf(errs gqlerror.List) gqlerror.List {
	if len(errs) <= maxErrors {
		return errs
	}
	more := fault.New(fault.Invalid, "%d more errors of this document are not listed: mend these first.", len(errs)-maxErrors)
	return append(errs[:maxErrors:maxErrors], gqlerror.Wrap(more))
}
