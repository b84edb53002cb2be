package gap

import (
	"fmt"
	"slices"

	"adam/ent"
	"adam/internal/term"
)

// Row is what the catalogue holds of one State on one theme.
type Row struct {
	State           *ent.State
	Treaty          *ent.TreatyAction // about the theme's Protocol; nil where nothing is recorded
	LawsInForce     int
	Criminalisation Criminalisation
	Elements        []*Element
	Policy          Policies
	Mechanism       Mechanisms
	Assistance      []*Assistance
	Activities      Activities
	LeadAuthority   []*Lead
	Replied         *bool
	Response        *term.ResponseStatus
	Caveat          string
	Withheld        []string

	readings map[term.Theme][]Reading // of its laws in force
	together bool                     // one of them is read as making both crimes an offence
	spoken   bool                     // the State has said what there is: see Recorded
}

// Criminalisation counts the elements of the theme, and says whether there is an offence at all.
type Criminalisation struct {
	Offence term.Criminalisation
	Tally
}

// Element is the value of a State for one offence element, and the law that carries it; nil where none does.
type Element struct {
	Element      term.OffenceElement
	Coverage     term.Coverage
	Law          *ent.Law
	Article      *string
	FirstReading bool
}

// Policies counts the current policies of a State: each in one of these groups. None are those about other subjects.
// NotInEffect, drafts and ended ones on the theme, are in no other number.
type Policies struct{ Comprehensive, Partial, None, Unknown, Withheld, NotInEffect int }

// OnTheme is how many current policies are about the theme.
func (p Policies) OnTheme() int { return p.Comprehensive + p.Partial + p.Unknown + p.Withheld }

func (p *Policies) add(s term.PolicyStatus, onTheme bool, r term.Comprehensiveness) {
	switch {
	case s != term.PolicyCurrent:
		if onTheme {
			p.NotInEffect++
		}
	case !onTheme:
		p.None++
	case r == term.Comprehensive:
		p.Comprehensive++
	case r == term.PartialPolicy:
		p.Partial++
	case r == term.ComprehensivenessWithheld:
		p.Withheld++
	default:
		p.Unknown++
	}
}

// Mechanisms counts the mechanisms on the theme that work today. Regional are all those of several States that this one
// is a member of. Unclear ones, of which that is not established, are in no other number.
type Mechanisms struct{ National, Regional, UnclearNational, UnclearRegional int }

// Assistance is how many activities on the theme in a State give a type of assistance.
type Assistance struct {
	Type       term.AssistanceType
	Activities int
}

// Activities are those on the theme in a State, of any type of assistance: the denominator of Assistance.
type Activities struct{ Total, WithoutType, Verified int }

// Lead is an authority that leads on the theme: an actor, or the words of a current policy where none is recorded.
type Lead struct {
	Actor  *ent.Actor
	Words  *string
	Policy *ent.PolicyDocument
}

// values are the elements of the row as the rules take them.
func (r *Row) values() []Reading {
	out := make([]Reading, len(r.Elements))
	for i, e := range r.Elements {
		out[i] = Reading{Element: e.Element, Coverage: e.Coverage}
	}
	return out
}

func (r *Row) withholds(field string) bool { return slices.Contains(r.Withheld, field) }

// caveat says what the numbers of a row rest on.
func (r *Row) caveat() string {
	read := "Coverage is read from " + several(r.LawsInForce, "law", "laws") + " in force"
	switch t := r.Criminalisation.Tally; {
	case r.LawsInForce == 0:
		read = "The catalogue lists no law in force of this State, so that no element is examined, which is no gap"
	case t.Withheld > 0:
		read += fmt.Sprintf("; of %d elements, %d are withheld: readings are for members until the State's first review is over or its two months have passed", len(r.Elements), t.Withheld)
	case t.NotExamined > 0:
		read += fmt.Sprintf("; of %d elements, nobody has examined %d, which is no gap", len(r.Elements), t.NotExamined)
	}
	a := r.Activities
	return read + fmt.Sprintf(". Assistance is counted over %s on the theme that this State is named in, of which %d verified and %d without a stated type; one activity may give several types, "+
		"and what is of the region and names no State is not in it.", several(a.Total, "activity", "activities"), a.Verified, a.WithoutType)
}
