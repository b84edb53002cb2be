package graph

import (
	"container/list"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"adam/graph/limit"
	"adam/internal/edition"
	"adam/internal/funding"
	"adam/internal/search"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// figures are the fields that a kept answer may consist of, by type: figures of an edition and the names beside them. An
// edition never changes, and neither who asks nor the hour changes these. All else of a record may depend on both.
var figures = map[string]string{
	"Query":              "whoFundsWhatWhere activities",
	"ActivityConnection": "totalCount facets",
	"Facet":              "field total values",
	"FacetValue":         "code name count",
	"WhoFundsWhatWhere":  "currency total activityCount withoutAmount withheld estimates verifiedShare countedOnce unconverted rates rows row",
	"FundingCountedOnce": "activities amount",
	"UnconvertedFunding": "currency amount lines estimated",
	"FundingRate":        "currency year perUnit source",
	"FundingRow":         "donor implementer state theme assistanceType year amount sharedAmount activityCount withoutAmount withheld verifiedShare unconverted",
	"Actor":              "id key name acronym",
	"State":              "id code name",
}

// onlyFigures says whether nothing else is asked for.
func onlyFigures(all ast.SelectionSet) bool {
	for _, s := range all {
		switch s := s.(type) {
		case *ast.Field:
			known := s.Name == "__typename" || slices.Contains(strings.Fields(figures[s.ObjectDefinition.Name]), s.Name)
			if !known || !onlyFigures(s.SelectionSet) {
				return false
			}
		case *ast.InlineFragment:
			if !onlyFigures(s.SelectionSet) {
				return false
			}
		case *ast.FragmentSpread:
			if s.Definition == nil || !onlyFigures(s.Definition.SelectionSet) {
				return false
			}
		}
	}
	return true
}

// keepFigures answers from memory what an edition was asked before: the same question has the same answer until the day
// turns, on which verifications may lapse. Who asks while another counts the same waits for that answer.
func keepFigures(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if !edition.Keeps(ctx) || op.Operation.Operation != ast.Query || !onlyFigures(op.Operation.SelectionSet) {
		return next(ctx)
	}
	variables, err := json.Marshal(op.Variables)
	if err != nil {
		return next(ctx)
	}
	kept, err := edition.Keep(ctx, "answers", func(context.Context) (*answers, error) { return newAnswers(mostKept), nil })
	if err != nil {
		return next(ctx)
	}
	key := strings.Join([]string{string(search.Today(ctx)), op.OperationName, op.RawQuery, string(variables)}, "\x00")
	data, done := kept.find(ctx, key)
	if data != nil {
		return graphql.OneShot(&graphql.Response{Data: data})
	}
	handle := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		var whole []byte
		defer func() { done(whole) }()
		r := handle(ctx)
		if r != nil && len(r.Errors) == 0 {
			whole = r.Data
		}
		return r
	}
}

// lastCount is what was counted last of an edition: who reads the lines behind a figure page by page, or takes them as a
// file, asks for the same count again each time. Only one is kept: it has every line in it.
type lastCount struct {
	mu     sync.Mutex
	key    string
	answer *funding.Answer
}

// countedLast gives the answer to a question that was the last one of an edition, or counts it.
func countedLast(ctx context.Context, question []any, counted func() (*funding.Answer, error)) (*funding.Answer, error) {
	if !edition.Keeps(ctx) {
		return counted()
	}
	key, err := json.Marshal(append(question, search.Today(ctx)))
	if err != nil {
		return nil, err
	}
	last, err := edition.Keep(ctx, "last count", func(context.Context) (*lastCount, error) { return &lastCount{}, nil })
	if err != nil {
		return nil, err
	}
	if a := last.get(string(key)); a != nil {
		return a, nil
	}
	a, err := counted()
	if err == nil {
		last.put(string(key), a)
	}
	return a, err
}

func (l *lastCount) get(key string) *funding.Answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.key != key {
		return nil
	}
	return l.answer
}

func (l *lastCount) put(key string, a *funding.Answer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.key, l.answer = key, a
}

// mostKept bounds the answers that are kept of an edition, in bytes; an answer of 20,000 rows takes some five million.
const mostKept = 32 << 20

// answers are the answers of one edition that were asked for last.
type answers struct {
	mu      sync.Mutex
	most    int
	bytes   int
	known   map[string]*list.Element
	order   list.List                // the one asked for last comes first
	pending map[string]chan struct{} // closed when somebody has counted
}

type kept struct {
	key  string
	data []byte
}

func newAnswers(most int) *answers {
	return &answers{most: most, known: map[string]*list.Element{}, pending: map[string]chan struct{}{}}
}

// find gives an answer; where there is none, the caller makes it and calls done with it, or with nil where it failed. Who
// has waited for others as long as an operation may take makes it by herself.
func (a *answers) find(ctx context.Context, key string) (data []byte, done func([]byte)) {
	ctx, stop := context.WithTimeout(ctx, limit.Standard.Time)
	defer stop()
	for {
		data, others := a.look(key)
		if data != nil {
			return data, nil
		}
		if others == nil {
			return nil, func(data []byte) { a.put(key, data) }
		}
		select {
		case <-others:
		case <-ctx.Done():
			return nil, func([]byte) {}
		}
	}
}

// look finds an answer, or who is about to make it; where there is neither, the caller is.
func (a *answers) look(key string) (data []byte, others chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e := a.known[key]; e != nil {
		a.order.MoveToFront(e)
		return e.Value.(*kept).data, nil
	}
	if others = a.pending[key]; others == nil {
		a.pending[key] = make(chan struct{})
	}
	return nil, others
}

// put keeps an answer, and lets the oldest ones go.
func (a *answers) put(key string, data []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	close(a.pending[key])
	delete(a.pending, key)
	if data == nil || len(key)+len(data) > a.most {
		return
	}
	a.known[key] = a.order.PushFront(&kept{key, data})
	for a.bytes += len(key) + len(data); a.bytes > a.most; {
		oldest := a.order.Remove(a.order.Back()).(*kept)
		delete(a.known, oldest.key)
		a.bytes -= len(oldest.key) + len(oldest.data)
	}
}
