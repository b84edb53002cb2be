package intake

import (
	"slices"
	"strings"

	"adam/ent"
	"adam/ent/activity"
	"adam/ent/intakeentry"
	"adam/ent/rule"
	"adam/internal/term"
)

// words are the rows of a file that have no identifier: each is known again by its title, States, start and donors.
type words struct {
	inFile  map[string]bool // what the rows of the file are known by
	claimed map[string]bool // the identifiers that rows have got
}

func newWords() *words { return &words{inFile: map[string]bool{}, claimed: map[string]bool{}} }

// said is an earlier import's entry of a row without an identifier.
type said struct {
	*ent.IntakeEntry
	draft *Draft
}

// recognise finds the rows of a batch that were imported before and have been corrected since, in one of States, start and donors: they
// keep their identifier.
func (in *taking) recognise() error {
	if in.words == nil {
		return nil
	}
	var titles []string
	for _, x := range in.batch {
		if x.worded() {
			titles = append(titles, rule.SortName(x.Title))
		}
	}
	before, err := in.saidBefore(titles)
	if err != nil {
		return err
	}
	for _, x := range in.batch {
		if !x.worded() {
			continue
		}
		was := x.Identifier
		if e := in.words.match(x.Draft, before[rule.SortName(x.Title)]); e != nil {
			x.Identifier = e.Identifier
		}
		for in.words.claimed[x.Identifier] { // a row that was corrected has what this one would have
			x.Identifier += "+"
		}
		in.words.claimed[x.Identifier] = true
		if x.Identifier != was {
			if x.text, x.digest, err = x.written(); err != nil {
				return err
			}
		}
	}
	return nil
}

// worded says whether an activity is known only by what its row says.
func (x *arrival) worded() bool {
	return x.From != "" && strings.HasPrefix(x.Identifier, x.publisher()+wordMark)
}

// saidBefore are the rows without an identifier that the sender has sent before, by the folded titles of some.
func (in *taking) saidBefore(titles []string) (map[string][]said, error) {
	out := map[string][]said{}
	if len(titles) == 0 {
		return out, nil
	}
	sender := in.batch[0].publisher()
	slices.Sort(titles)
	ids, err := in.c.Activity.Query().Where(activity.SortNameIn(slices.Compact(titles)...), activity.ProvenanceEQ(sheetProvenance)).IDs(rule.WithWithdrawn(in.ctx))
	if err != nil {
		return nil, err
	}
	for some := range slices.Chunk(ids, step) {
		entries, err := in.c.IntakeEntry.Query().Where(intakeentry.RecordIDIn(some...), intakeentry.Current(true), intakeentry.Publisher(sender),
			intakeentry.IdentifierHasPrefix(sender+wordMark), intakeentry.OutcomeNEQ(term.IntakeDiffers)).Order(intakeentry.ByID()).All(in.ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			d, err := readDraft(e.Draft)
			if err != nil {
				return nil, err
			}
			out[rule.SortName(d.Title)] = append(out[rule.SortName(d.Title)], said{e, d})
		}
	}
	return out, nil
}

// match is the entry of a row: the one that says the same, else the only one that differs in one thing and is not itself in the
// file. Nil where there is none, or where several could be meant: a second record can be made one with the first, but two
// activities in one record cannot be told apart.
func (w *words) match(d *Draft, before []said) (one *ent.IntakeEntry) {
	says, several := d.says(), false
	for _, e := range before {
		if w.claimed[e.Identifier] {
			continue
		}
		different := 0
		for i, s := range e.draft.says() {
			if s != says[i] {
				different++
			}
		}
		switch {
		case different == 0:
			return e.IntakeEntry
		case different == 1 && !w.inFile[e.draft.words()]:
			several = one != nil
			one = e.IntakeEntry
		}
	}
	if several {
		return nil
	}
	return one
}
