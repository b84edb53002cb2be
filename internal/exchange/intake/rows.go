package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"

	"adam/ent"
	"adam/ent/rule"
	"adam/internal/store"
	"adam/internal/term"
)

// What every record has of columns that the database does not fill by itself.
const inRecord = "id key visibility topics provenance sort_name withheld created_at updated_at created_by updated_by "

// The tables of what an activity consists of.
var (
	statesTable      = term.KindActivityState.Table()
	partiesTable     = term.KindParticipation.Table()
	identifiersTable = term.KindExternalIdentifier.Table()
	sourcesTable     = term.KindSource.Table()
	fundingsTable    = term.KindFunding.Table()
	sharesTable      = term.KindAllocation.Table()
	entriesTable     = term.KindIntakeEntry.Table()
)

const (
	fundingsOf = "activity_fundings"
	chaptersOf = "chapter_activities"
)

// newRows are the tables that an import writes many rows of. The package's test holds what is written here against what ent's
// hooks write.
func newRows(c *ent.Client) *store.Rows {
	return store.NewRows(c,
		[2]string{term.KindActor.Table(), inRecord + "name kind stated_roles organisation_identifier organisation_type note"},
		[2]string{term.KindActivity.Table(), inRecord + "smuggling trafficking title summary results assistance_types target_audiences delivery_modes status regional places start_on end_on planned_start_on planned_end_on actual_start_on actual_end_on purpose_codes reporter_id acronym note"},
		[2]string{"records", rule.AnchorColumns},
		[2]string{sourcesTable, "id record_id position kind title publisher url accessed_on licence"},
		[2]string{term.KindHistory.Table(), "id record_id version visibility at by action reason changes source_id"},
		[2]string{entriesTable, "id intake_id record_id identifier publisher rank outcome digest version current previous draft changes"},
		[2]string{statesTable, "id activity_id state_id position percentage"},
		[2]string{partiesTable, "id activity_id actor_id role position"},
		[2]string{identifiersTable, "id activity_id position value"},
		[2]string{chaptersOf, "chapter_id activity_id"},
		[2]string{fundingsTable, "id visibility position kind amount currency value_on reported_by provider_id receiver_id reporter_id upstream_id note withheld"},
		[2]string{fundingsOf, "activity_id funding_id"},
		[2]string{sharesTable, "id funding_id state_id percentage"},
	)
}

// part is a row of what an activity consists of. Its id is made of all that it says, so that the same part has the same id:
// what differs between two imports is another part.
type part struct {
	table string
	id    term.ID
	row   []any
}

// parts are the rows of an activity, in the order in which they may be written.
func (in *taking) parts(id term.ID, d *Draft, s *sides) []part {
	var out []part
	add := func(kind term.Kind, says []any, row ...any) {
		pid := term.HashID(kind, id.String(), fmt.Sprint(says...))
		out = append(out, part{kind.Table(), pid, append([]any{pid, id}, row...)})
	}
	for i, x := range d.States {
		add(term.KindActivityState, []any{x.Code, " ", x.Percent, " ", i}, in.states[x.Code].id, i, string(x.Percent))
	}
	type role struct {
		actor term.ID
		role  term.ParticipationRole
	}
	met := map[role]bool{}
	for i, p := range d.Parties {
		r := role{s.parties[i], p.Role}
		if met[r] || r.actor == 0 {
			continue
		}
		met[r] = true
		add(term.KindParticipation, []any{r.actor, " ", r.role, " ", i}, r.actor, string(r.role), i)
	}
	for i, v := range d.names() {
		add(term.KindExternalIdentifier, []any{v, " ", i}, i, v)
	}
	return append(out, in.lines(id, d, s)...)
}

// lines are the lines of money of an activity, each with the share of the State that all of it is for.
func (in *taking) lines(id term.ID, d *Draft, s *sides) []part {
	ids := lineIDs(id, d)
	paid := upstreams(d.Lines)
	var out []part
	for i, l := range d.Lines {
		var upstream any
		if paid[i] >= 0 {
			upstream = ids[paid[i]]
		}
		var amount any
		if l.Amount != nil {
			amount = *l.Amount
		}
		out = append(out, part{fundingsTable, ids[i], []any{ids[i], d.visibility(), i, none(string(l.Kind)), amount, none(l.Currency), string(l.On), string(cmp.Or(l.By, term.ReporterUnknown)),
			id0(s.provider[i]), id0(s.receiver[i]), id0(s.publisher), upstream, none(l.Note), "[]"}})
		out = append(out, part{fundingsOf, ids[i], []any{id, ids[i]}})
		if l.State != "" {
			share := term.HashID(term.KindAllocation, ids[i].String())
			out = append(out, part{sharesTable, share, []any{share, ids[i], in.states[l.State].id, "100"}})
		}
	}
	return out
}

// lineIDs are the ids of the lines of an activity: of what a line says, and its number among those that say the same.
func lineIDs(id term.ID, d *Draft) []term.ID {
	ids, met := make([]term.ID, len(d.Lines)), map[string]int{}
	for i, l := range d.Lines {
		says, _ := json.Marshal(l) // it was marshalled before, with its draft
		met[string(says)]++
		ids[i] = term.HashID(term.KindFunding, id.String(), string(says), strconv.Itoa(met[string(says)]))
	}
	return ids
}

// none is a text for a column that may be empty.
func none(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func id0(id term.ID) any {
	if id == 0 {
		return nil
	}
	return id
}

// chapters are those of the States of an activity, and the region's where it is regional.
func (in *taking) chapters(d *Draft) []term.ID {
	var out []term.ID
	for _, s := range d.States {
		if c := in.states[s.Code].chapter; c != 0 {
			out = append(out, c)
		}
	}
	if d.Regional && in.region != 0 {
		out = append(out, in.region)
	}
	return out
}

// jsonOf is a list for a column.
func jsonOf[T any](list []T) string {
	if list == nil {
		return "[]"
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // lists of texts and changes can be written
	}
	return string(b)
}
