package graph

import (
	"context"
	"time"

	"adam/ent"
	"adam/ent/source"
	"adam/internal/catalogue"
	"adam/internal/review"
	"adam/internal/search"
	"adam/internal/term"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vikstrous/dataloadgen"
)

// loaders answer what every record of a page asks for with one query for the page: what hangs on the anchor is no
// edge that ent could load ahead.
type loaders struct {
	sources    *dataloadgen.Loader[term.ID, []*ent.Source]
	progress   *dataloadgen.Loader[term.ID, *review.Progress]
	holdings   *dataloadgen.Loader[term.ID, []*review.Holding]
	disputes   *dataloadgen.Loader[term.ID, []*ent.Dispute]
	shares     *dataloadgen.Loader[term.ID, []*ent.Share]
	versions   *dataloadgen.Loader[term.ID, int]
	records    *dataloadgen.Loader[term.ID, ent.CatalogueRecord]
	items      *dataloadgen.Loader[term.ID, *ent.ReviewItem]
	changed    *dataloadgen.Loader[term.ID, review.Difference]
	verified   *dataloadgen.Loader[term.ID, []*ent.Verification]
	corrects   *dataloadgen.Loader[term.ID, bool]
	answers    *dataloadgen.Loader[term.ID, bool]
	needStatus *dataloadgen.Loader[term.ID, term.NeedStatus]
	dismissals *dataloadgen.Loader[term.ID, []*ent.ConceptDismissal]
	counted    *dataloadgen.Loader[listed, int]
	reviewed   *dataloadgen.Loader[term.ID, int]
	actors     *dataloadgen.Loader[term.ID, *ent.Actor]
	states     *dataloadgen.Loader[term.ID, *ent.State]
	lines      *dataloadgen.Loader[term.ID, *ent.Funding]
	activities *dataloadgen.Loader[term.ID, *ent.Activity]
	explained  *dataloadgen.Loader[term.ID, *PossibleOverlap]
	plain      plains
}

type loadersKey struct{}

// gather is how long a loader waits for the other records of a page; they ask at the same moment.
const gather = 300 * time.Microsecond

// withLoaders gives every operation loaders of its own, so that no answer outlives its client.
func (r *Resolver) withLoaders(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	return next(context.WithValue(ctx, loadersKey{}, &loaders{
		sources:    dataloadgen.NewMappedLoader(loadSources, dataloadgen.WithWait(gather)),
		progress:   dataloadgen.NewMappedLoader(loadProgress, dataloadgen.WithWait(gather)),
		holdings:   dataloadgen.NewMappedLoader(loadHoldings, dataloadgen.WithWait(gather)),
		disputes:   dataloadgen.NewMappedLoader(loadDisputes, dataloadgen.WithWait(gather)),
		shares:     dataloadgen.NewMappedLoader(loadShares, dataloadgen.WithWait(gather)),
		versions:   dataloadgen.NewMappedLoader(loadVersions, dataloadgen.WithWait(gather)),
		records:    dataloadgen.NewMappedLoader(loadRecords, dataloadgen.WithWait(gather)),
		verified:   dataloadgen.NewMappedLoader(loadVerified, dataloadgen.WithWait(gather)),
		items:      dataloadgen.NewMappedLoader(loadItems, dataloadgen.WithWait(gather)),
		changed:    dataloadgen.NewMappedLoader(loadChanged, dataloadgen.WithWait(gather)),
		corrects:   dataloadgen.NewMappedLoader(loadCorrects, dataloadgen.WithWait(gather)),
		answers:    dataloadgen.NewMappedLoader(loadAnswers, dataloadgen.WithWait(gather)),
		needStatus: dataloadgen.NewMappedLoader(loadNeedStatus, dataloadgen.WithWait(gather)),
		dismissals: dataloadgen.NewMappedLoader(loadDismissals, dataloadgen.WithWait(gather)),
		counted:    dataloadgen.NewMappedLoader(loadCounted, dataloadgen.WithWait(gather)),
		reviewed:   dataloadgen.NewMappedLoader(loadReviewed, dataloadgen.WithWait(gather)),
		explained:  rowLoader(r.explained),
		actors:     rowLoader(loadActors), states: rowLoader(loadStates), lines: rowLoader(loadLines), activities: rowLoader(loadActivities),
	}))
}

// mostRows is how many rows one statement of a loader asks for: SQLite takes 32,766 parameters.
const mostRows = 10_000

func rowLoader[T any](load func(context.Context, []term.ID) (map[term.ID]*T, error)) *dataloadgen.Loader[term.ID, *T] {
	return dataloadgen.NewMappedLoader(load, dataloadgen.WithWait(gather), dataloadgen.WithBatchCapacity(mostRows))
}

func loadSources(ctx context.Context, records []term.ID) (map[term.ID][]*ent.Source, error) {
	rows, err := client(ctx).Source.Query().Where(source.RecordIDIn(records...), source.TakenBack(false)).Order(source.ByPosition(), source.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[term.ID][]*ent.Source, len(records))
	for _, id := range records {
		out[id] = []*ent.Source{}
	}
	for _, s := range rows {
		out[s.RecordID] = append(out[s.RecordID], s)
	}
	return out, nil
}

func loadProgress(ctx context.Context, chapters []term.ID) (map[term.ID]*review.Progress, error) {
	return review.ProgressOf(ctx, client(ctx), chapters)
}

func loadHoldings(ctx context.Context, chapters []term.ID) (map[term.ID][]*review.Holding, error) {
	return review.ByTheme(ctx, client(ctx), chapters)
}

func loadReviewed(ctx context.Context, of []term.ID) (map[term.ID]int, error) {
	return review.VerifiedIn(ctx, client(ctx), of, search.Today(ctx))
}

func loadDisputes(ctx context.Context, records []term.ID) (map[term.ID][]*ent.Dispute, error) {
	return catalogue.DisputesOf(ctx, client(ctx), records)
}

func loadShares(ctx context.Context, records []term.ID) (map[term.ID][]*ent.Share, error) {
	return catalogue.SharesOf(ctx, client(ctx), records)
}

// forget lets what a mutation has changed be read anew by what comes after it in the same operation.
func (l *loaders) forget(record term.ID) {
	l.sources.Clear(record)
	l.disputes.Clear(record)
	l.shares.Clear(record)
	l.versions.Clear(record)
	l.records.Clear(record)
	l.verified.Clear(record)
	l.corrects.Clear(record)
	l.answers.Clear(record)
	l.needStatus.Clear(record)
	l.dismissals.Clear(record)
	l.progress.ClearAll()
	l.counted.ClearAll()
	l.reviewed.ClearAll()
}

func loadersFrom(ctx context.Context) *loaders { return ctx.Value(loadersKey{}).(*loaders) }

// sourcesOf gives where the facts of a record come from.
func sourcesOf(ctx context.Context, record term.ID) ([]*ent.Source, error) {
	return loadersFrom(ctx).sources.Load(ctx, record)
}

// disputesOf gives what others say against a record.
func disputesOf(ctx context.Context, record term.ID) ([]*ent.Dispute, error) {
	return loadersFrom(ctx).disputes.Load(ctx, record)
}

// sharesOf gives with whom a record is shared.
func sharesOf(ctx context.Context, record term.ID) ([]*ent.Share, error) {
	return loadersFrom(ctx).shares.Load(ctx, record)
}
