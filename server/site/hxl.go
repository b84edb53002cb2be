package site

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"slices"

	"adam/internal/exchange/hxl"
	"adam/internal/term"
	"adam/server/say"
)

// write3W writes activities as who does what where.
func (s *Site) write3W(ctx context.Context, w io.Writer, t *table) error {
	return hxl.Write3W(w, mapped(t, func(a *ActivityRow) (hxl.Activity, error) {
		out := hxl.Activity{ID: a.Key, Title: a.Title, Themes: wordsOf(ctx, "Theme", a.Themes), Assistance: wordsOf(ctx, "AssistanceType", a.AssistanceTypes),
			Donors: namesOfActors(a.Donors), Implementers: namesOfActors(a.Implementers), Start: a.StartOn, End: a.EndOn, Status: say.Word(ctx, "ActivityStatus", a.Status),
			Address: s.lasting(ctx, recordPath(term.RecordActivity, a.Key)), Updated: term.DateOf(a.UpdatedAt.Time()), Licences: licences(a.Sources)}
		for _, x := range a.States {
			out.States = append(out.States, hxl.State{Code: x.Code, Name: x.Name})
		}
		if a.Regional {
			out.Region = say.T(ctx, "field.regional")
		}
		return out, nil
	}))
}

// writeMoney writes lines of money with what became of each: whoever adds up takes those that count.
func (s *Site) writeMoney(ctx context.Context, w io.Writer, t *table) error {
	return hxl.WriteMoney(w, mapped(t, func(l *FundingWhy) (hxl.Money, error) {
		f := l.Line
		out := hxl.Money{ID: f.Id, Provider: partyCell(ctx, f, "provider", f.Provider), Receiver: partyCell(ctx, f, "receiver", f.Receiver), Kind: kindWords(ctx, f.Kind),
			Currency: term.Currency(f.Currency), On: f.ValueOn, Reporter: say.Word(ctx, "FundingReporter", f.ReportedBy), Outcome: say.Word(ctx, "FundingOutcome", l.Outcome),
			Address: s.lasting(ctx, at(t.path, t.query))}
		for _, e := range f.Activities.Edges {
			out.Activities = append(out.Activities, e.Node.Key)
		}
		if f.Amount != "" {
			amount, err := term.ParseAmount(string(f.Amount))
			if err != nil {
				return out, err
			}
			out.Amount = &amount
		}
		return out, nil
	}))
}

// mapped are the rows of a table in another form.
func mapped[R, T any](t *table, to func(*R) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for row, err := range t.all() {
			var out T
			read := new(R)
			if err == nil {
				err = json.Unmarshal(row, read)
			}
			if err == nil {
				out, err = to(read)
			}
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

func namesOfActors(all []*ActorLink) []string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = actorName(a)
	}
	return out
}

// licences are those that sources were given under, each once.
func licences(all []*SourceLine) (out []string) {
	for _, x := range all {
		if x.Licence != "" && !slices.Contains(out, x.Licence) {
			out = append(out, x.Licence)
		}
	}
	return out
}
