package graph

import (
	"cmp"
	"context"
	"fmt"

	"adam/ent"
	"adam/ent/historyentry"
	"adam/ent/rate"
	"adam/ent/relation"
	"adam/ent/rule"
	"adam/internal/catalogue"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/internal/search"
	"adam/internal/term"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql"
)

// client is the client that this viewer may read with: the door has put it into the context.
func client(ctx context.Context) *ent.Client { return ent.FromContext(ctx) }

// page is which part of a list is wanted, as gqlgen hands it over. Package limit has checked the numbers.
type page struct {
	after, before *ent.Cursor
	first, last   *int
}

// historyOf gives the changes of a record, newest first.
func historyOf(ctx context.Context, record term.ID, p page) (*ent.HistoryEntryConnection, error) {
	newestFirst := &ent.HistoryEntryOrder{
		Direction: entgql.OrderDirectionDesc,
		Field:     ent.HistoryEntryOrderFieldVersion,
	}
	return client(ctx).HistoryEntry.Query().Where(historyentry.RecordID(record)).
		Paginate(ctx, p.after, p.first, p.before, p.last, ent.WithHistoryEntryOrder(newestFirst))
}

// relatedTo gives the records that are linked with one, in either direction.
func relatedTo(ctx context.Context, record term.ID) ([]ent.CatalogueRecord, error) {
	links, err := client(ctx).Relation.Query().Where(relation.Or(relation.RecordID(record), relation.RelatedID(record))).
		Order(relation.ByPosition(), relation.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]term.ID, len(links))
	for i, l := range links {
		ids[i] = l.RelatedID
		if l.RelatedID == record {
			ids[i] = l.RecordID
		}
	}
	return search.Records(ctx, client(ctx), ids)
}

// keyed is a query of one type that can be narrowed to a key.
type keyed[T any] interface {
	Only(context.Context) (T, error)
}

// byKey gives the one record of a type with a key; an unknown one and one that the viewer may not see answer alike.
func byKey[T any, P ~func(*sql.Selector), Q keyed[T]](ctx context.Context, where func(...P) Q, column string, key any, what string) (T, error) {
	found, err := where(P(sql.FieldEQ(column, key))).Only(ctx)
	if ent.IsNotFound(err) {
		return found, fault.New(fault.NotFound, "There is no %s %q in this edition of the catalogue. Look it up in the list or by search.", what, term.Clip(fmt.Sprint(key))).At(column)
	}
	return found, err
}

// recordByKey gives the one record of a type with a key, or with one that it had before it was renamed.
func recordByKey[T any, P ~func(*sql.Selector), Q interface {
	keyed[T]
	Where(...P) Q
}](ctx context.Context, query func() Q, kind term.Kind, key, what string) (T, error) {
	found, err := byKey(ctx, query().Where, "key", key, what)
	if fault.KindOf(err) != fault.NotFound {
		return found, err
	}
	now, failed := catalogue.KeyNow(ctx, client(ctx), kind, key)
	if failed != nil || now == "" {
		return found, cmp.Or(failed, err)
	}
	return byKey(ctx, query().Where, "key", now, what)
}

// nodeTable gives the tables that can be asked for by identifier: every type of the schema that is a Node.
func nodeTable(ctx context.Context, id term.ID) (string, error) {
	switch id.Kind() {
	case 0, term.KindSeedEntry, term.KindRelation, term.KindProvision, term.KindVerification:
		return "", notFound(id)
	}
	return rule.NodeTable(ctx, id)
}

func notFound(id term.ID) error {
	return fault.New(fault.NotFound, "There is nothing with the id %s in this edition of the catalogue.", id).At("id")
}

// node gives what an identifier stands for.
func node(ctx context.Context, id term.ID) (ent.Noder, error) {
	n, err := client(ctx).Noder(ctx, id, ent.WithNodeType(nodeTable))
	if ent.IsNotFound(err) {
		return nil, notFound(id)
	}
	return n, err
}

// currentEdition is the edition that answers; nil where the working store does.
func currentEdition(ctx context.Context) (*ent.Edition, error) {
	n, _ := edition.From(ctx)
	if n == 0 {
		return nil, nil
	}
	return byKey(ctx, client(ctx).Edition.Query().Where, "number", n, "edition")
}

// ratesOf are the exchange rates, of one currency where it is given; a currency without any is refused, since an empty
// list would look like an answer.
func ratesOf(ctx context.Context, currency *string) (*ent.RateQuery, error) {
	q := client(ctx).Rate.Query()
	if currency == nil {
		return q, nil
	}
	known, err := q.Where(rate.Currency(*currency)).Clone().Exist(ctx)
	if err == nil && !known {
		err = fault.New(fault.Invalid, "%q is no currency that this catalogue has rates of. Use an ISO 4217 code in capitals, such as AUD; `rates` lists them.", term.Clip(*currency)).At("currency")
	}
	return q, err
}

// possiblyActive counts the activities of a list that are in it only because their dates are too vague to rule them
// out; nil where the list asks for no dates.
func possiblyActive(ctx context.Context) (*int, error) {
	f, _ := graphql.GetFieldContext(ctx).Parent.Args["filter"].(*search.ActivityFilter)
	q, err := search.Activities(ctx, client(ctx), f)
	if err != nil {
		return nil, err
	}
	certain := q.Clone()
	if !search.Certain(certain, f) {
		return nil, nil
	}
	all, err := q.Count(ctx)
	if err != nil {
		return nil, err
	}
	sure, err := certain.Count(ctx)
	all -= sure
	return &all, err
}

const maxNodes = 100

// nodes gives what identifiers stand for, null for one that is unknown.
func nodes(ctx context.Context, ids []term.ID) ([]ent.Noder, error) {
	if len(ids) > maxNodes {
		return nil, fault.New(fault.Limit, "This asks for %d ids and %d are the most. Ask in several requests.", len(ids), maxNodes).At("ids")
	}
	out := make([]ent.Noder, len(ids))
	for i, id := range ids {
		n, err := node(ctx, id)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("node %s: %w", id, err)
		}
		out[i] = n
	}
	return out, nil
}
