package iati

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strings"
	"time"

	"adam/internal/term"
)

// Ready is an activity made fit for version 2.03 and the standard ruleset. Missing says why it cannot be: then it is not
// written. Notes say what was left out of it, or put another way.
type Ready struct {
	Activity *Activity
	Missing  []string
	Notes    []string
}

func (r *Ready) lacks(format string, args ...any) {
	r.Missing = append(r.Missing, fmt.Sprintf(format, args...))
}

// mostNotes is how many notes of one activity are told.
const mostNotes = 100

func (r *Ready) note(format string, args ...any) {
	switch len(r.Notes) {
	case mostNotes:
	case mostNotes - 1:
		r.Notes = append(r.Notes, "there is more of this sort, which is not told")
	default:
		r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
	}
}

// Prepare makes an activity fit to be written. Nothing is invented: where the standard requires what is not known, either its
// own code for “not specified” is written, or the activity is left out. The activity itself stays as it is.
func Prepare(in *Activity, o WriteOptions) *Ready {
	a := *in
	r := &Ready{Activity: &a}
	a.Line, a.Errors, a.Old, a.Kept = 0, 0, false, nil
	today := term.DateOf(o.now())
	r.heading(o)
	r.organisations()
	r.dates(today)
	r.transactions(today) // first: whether all have a place and a sector is asked of those that stay
	r.where()
	r.what()
	r.budgets()
	r.documents(o)
	r.addresses()
	return r
}

func (r *Ready) heading(o WriteOptions) {
	a := r.Activity
	a.Identifier = strings.TrimSpace(a.Identifier)
	switch {
	case a.Identifier == "":
		r.lacks("it has no identifier")
	case a.Identifier == a.Reporter.Ref:
		r.lacks("its identifier is that of its reporter")
	}
	if a.Reporter.Ref == "" || a.Reporter.Type == "" || len(filledText(a.Reporter.Name)) == 0 {
		r.lacks("its reporter has no identifier, no type or no name")
	}
	if a.Title = filledText(a.Title); len(a.Title) == 0 {
		r.lacks("it has no title")
	}
	if c := Lookup("ActivityStatus", a.Status); c == nil {
		r.lacks("its status is unknown")
	}
	a.Descriptions = slices.Clone(a.Descriptions)
	a.Descriptions = slices.DeleteFunc(a.Descriptions, func(d Description) bool { return len(filledText(d.Text)) == 0 })
	if len(a.Descriptions) == 0 && len(a.Title) > 0 { // a description is required, and the title is what is known
		a.Descriptions = []Description{{Text: a.Title}}
		r.note("it has no description: its title stands there again")
	}
	if a.Language = tongue(a.Language); a.Language == "" {
		a.Language = o.Language
	}
	if t, err := time.Parse(time.RFC3339, a.LastUpdated); a.LastUpdated != "" && (!typed("dateTime", a.LastUpdated) || err == nil && t.After(o.now())) {
		a.LastUpdated = ""
	}
	if !typed("boolean", a.Humanitarian) {
		a.Humanitarian = ""
	}
	if !typed("int", a.Hierarchy) {
		a.Hierarchy = ""
	}
}

// filledText is a text without its empty parts.
func filledText(t Text) Text {
	return slices.DeleteFunc(slices.Clone(t), func(n Narrative) bool { return strings.TrimSpace(n.Text) == "" })
}

func (r *Ready) organisations() {
	a := r.Activity
	a.Participants = slices.DeleteFunc(slices.Clone(a.Participants), func(o Org) bool {
		if Lookup("OrganisationRole", o.Role) == nil || !named(&o) {
			r.note("the organisation %q is left out: it has no role of IATI, or no name", term.Clip(o.Name.In("")))
			return true
		}
		return false
	})
	if len(a.Participants) == 0 {
		r.lacks("no organisation is known that funds it, is accountable for it, extends it or carries it out")
	}
	a.OtherIdentifiers = slices.DeleteFunc(slices.Clone(a.OtherIdentifiers), func(o OtherIdentifier) bool { return o.Ref == "" || o.Type == "" })
	a.Related = slices.DeleteFunc(slices.Clone(a.Related), func(x Related) bool { return x.Ref == "" || x.Type == "" })
}

func named(o *Org) bool { return o != nil && (o.Ref != "" || len(filledText(o.Name)) > 0) }

// dates keeps what can be a day. The ruleset allows no actual date in the future, and no end before its start.
func (r *Ready) dates(today term.Date) {
	a := r.Activity
	day := map[string]term.Date{}
	a.Dates = slices.DeleteFunc(slices.Clone(a.Dates), func(d Date) bool {
		on := written(d)
		bad := on == "" || Lookup("ActivityDateType", d.Type) == nil || day[d.Type] != "" || (d.Type == "2" || d.Type == "4") && on > today
		if bad {
			r.note("the date %q of type %q is left out: it cannot be read, is there twice, or is an actual date in the future", term.Clip(string(d.On)+d.Raw), term.Clip(d.Type))
			return true
		}
		day[d.Type] = on
		return false
	})
	for i, d := range a.Dates {
		if a.Dates[i].Raw = ""; precision(d.On) != "" {
			a.Dates[i].Note = nil // its text says how much is known
		}
	}
	for _, pair := range [][2]string{{"1", "3"}, {"2", "4"}} {
		if day[pair[1]] != "" && day[pair[0]] > day[pair[1]] {
			r.note("the end %s is left out: it is before the start", day[pair[1]])
			a.Dates = slices.DeleteFunc(a.Dates, func(d Date) bool { return d.Type == pair[1] })
		}
	}
	if day["1"] == "" && day["2"] == "" {
		r.lacks("when it starts is unknown")
	}
}

// written is the whole day that stands for a date: the first that it may mean for a start, the last for an end. The Writer
// says beside it how much of it is known.
func written(d Date) term.Date {
	if d.Type == "3" || d.Type == "4" {
		return d.On.Last()
	}
	return d.On.First()
}

// where sees to States and regions. The standard wants them either on the activity or on all of its transactions.
func (r *Ready) where() {
	a := r.Activity
	onAll, some := len(a.Transactions) > 0, false
	for _, t := range a.Transactions {
		here := len(t.Countries)+len(t.Regions) > 0
		onAll, some = onAll && here, some || here
	}
	a.Countries, a.Regions = slices.DeleteFunc(slices.Clone(a.Countries), noCode), slices.DeleteFunc(slices.Clone(a.Regions), noCode)
	switch {
	case len(a.Countries)+len(a.Regions) > 0:
		if some {
			r.note("the States and regions of single transactions are left out: those of the activity stand")
		}
		r.unplaced()
	case !onAll:
		r.note("no State or region is known: 998, unspecified, stands there")
		a.Regions = []Place{{Code: unspecifiedRegion, Vocabulary: "1"}}
		r.unplaced()
	}
	r.shareOut(&a.Countries, &a.Regions)
}

func noCode(p Place) bool { return p.Code == "" }

func (r *Ready) unplaced() {
	r.Activity.Transactions = slices.Clone(r.Activity.Transactions)
	for i := range r.Activity.Transactions {
		r.Activity.Transactions[i].Countries, r.Activity.Transactions[i].Regions = nil, nil
	}
}

// shareOut makes the percentages of States and regions add up to 100, where all were stated. What is missing to 100 is of
// no stated place: region 998 takes it. More than 101 cannot be a matter of rounding: then no share is known, and the Writer
// names the places in a way that needs none.
func (r *Ready) shareOut(countries, regions *[]Place) {
	r.oneVocabulary(*countries, regions)
	all := len(*countries) + len(*regions)
	list := make([]*term.Decimal, 0, all)
	for i := range *countries {
		list = append(list, &(*countries)[i].Percentage)
	}
	for i := range *regions {
		list = append(list, &(*regions)[i].Percentage)
	}
	rest, ok := fill(list)
	if !ok {
		r.note("the percentages of States and regions are left out: not all were stated, or they are more than 100")
	}
	if rest != "" && len(*regions) == 1 && (*regions)[0].Vocabulary != "1" {
		(*regions)[0].Percentage, rest = "", ""
	}
	if rest != "" {
		r.note("the percentages of States and regions are less than 100: region 998, unspecified, takes the rest")
		*regions = append(*regions, Place{Code: unspecifiedRegion, Vocabulary: "1", Percentage: rest})
	}
}

// oneVocabulary keeps the regions of one vocabulary: with States those of the DAC, because each vocabulary would have to add
// up to 100 together with the States.
func (r *Ready) oneVocabulary(countries []Place, regions *[]Place) {
	if len(*regions) == 0 {
		return
	}
	keep := (*regions)[0].Vocabulary
	if len(countries) > 0 || slices.ContainsFunc(*regions, func(p Place) bool { return p.Vocabulary == "1" }) {
		keep = "1"
	}
	before := len(*regions)
	*regions = slices.DeleteFunc(slices.Clone(*regions), func(p Place) bool { return p.Vocabulary != keep })
	if keep != "1" && len(*regions) > 1 {
		*regions = []Place{{Code: unspecifiedRegion, Vocabulary: "1"}}
	}
	if len(*regions) < before {
		r.note("regions of another vocabulary are left out: the shares of one only can add up")
	}
}

// fill makes shares add up to 100 by largest remainder, in hundredths. One alone needs none. Where they cannot, it empties
// them, and ok says whether there was nothing to lose. rest is what nobody has, where that is more than rounding.
func fill(list []*term.Decimal) (rest term.Decimal, ok bool) {
	sum, stated := new(big.Rat), 0
	for _, d := range list {
		if *d != "" {
			sum.Add(sum, hundredth(*d))
			stated++
		}
		if strings.HasPrefix(string(*d), "-") {
			stated = -len(list)
		}
	}
	empty := func() {
		for _, d := range list {
			*d = ""
		}
	}
	switch {
	case stated == 0:
		return "", true
	case stated != len(list) || sum.Cmp(big.NewRat(101, 1)) > 0 || sum.Sign() == 0:
		empty()
		return "", false
	case sum.Cmp(hundred) == 0:
		if len(list) == 1 {
			empty()
		}
		return "", true
	case sum.Cmp(big.NewRat(99, 1)) < 0:
		gap := new(big.Rat).Sub(hundred, sum)
		d, _ := exact(gap.FloatString(20)) // decimals of the file: exact
		return d, true
	}
	if len(list) == 1 {
		empty()
		return "", true
	}
	largestRemainder(list, sum)
	return "", true
}

// largestRemainder scales shares to 100 and gives the hundredths left by rounding down to those that lost most.
func largestRemainder(list []*term.Decimal, sum *big.Rat) {
	units, lost, left := make([]*big.Int, len(list)), make([]*big.Rat, len(list)), big.NewInt(10_000)
	for i, d := range list {
		x := new(big.Rat).Mul(hundredth(*d), big.NewRat(10_000, 1))
		x.Quo(x, sum)
		units[i] = new(big.Int).Quo(x.Num(), x.Denom())
		lost[i] = new(big.Rat).Sub(x, new(big.Rat).SetInt(units[i]))
		left.Sub(left, units[i])
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return lost[order[i]].Cmp(lost[order[j]]) > 0 })
	for _, i := range order[:left.Int64()] {
		units[i].Add(units[i], big.NewInt(1))
	}
	for i, d := range list {
		*d, _ = exact(new(big.Rat).SetFrac(units[i], big.NewInt(100)).FloatString(2))
	}
}
