package gap

import (
	"fmt"

	"adam/ent"
	"adam/internal/term"
)

// FindingCode names one of the six questions of the analysis of 2011.
type FindingCode string

// The codes of findings.
const (
	NoOffence    FindingCode = "NO_OFFENCE"
	NoPolicy     FindingCode = "NO_POLICY"
	NoMechanism  FindingCode = "NO_NATIONAL_MECHANISM"
	NoAssistance FindingCode = "NO_ASSISTANCE"
	Confused     FindingCode = "CONCEPTS_CONFUSED"
	NoReply      FindingCode = "NO_REPLY"
)

// Values lists the codes.
func (FindingCode) Values() []string {
	return []string{string(NoOffence), string(NoPolicy), string(NoMechanism), string(NoAssistance), string(Confused), string(NoReply)}
}

// Finding is the answer to one of the questions. Of Denominator, Count have the gap and of Unknown it is not known; the
// rest do not have it.
type Finding struct {
	Code                        FindingCode
	Theme                       *term.Theme // nil where the question is about both, or about neither
	Sentence                    string
	Count, Denominator, Unknown int
	Caveat                      string
	States, UnknownStates       []*ent.State
	Organisations               []*ent.Actor
	Withheld                    []string
}

// question is one of the questions about States, and what to say of the answer.
type question struct {
	code     FindingCode
	sentence string // takes what was looked at, the count, what the theme is called, and the unknown
	caveat   string
	of       func(theme term.Theme, r *Row) []Standing // of one State; several where it is asked about several things
}

const missing = " That none is recorded is told as a lack only where the State has spoken: its chapter stands verified, or it answered what it was asked. Until then it is not known."

var questions = []question{
	{NoOffence, "Of %[1]s, the number that on the texts examined do not make %[3]s an offence is %[2]d; of %[4]d it is not known.",
		"Only laws in force count, also where they make it an offence in part. A State lacks the offence only where an article shows that an element is not covered without which there is none. A text that nobody has examined, or that is about something else, is not known and is no gap; readings that are withheld from you are not known to you.",
		func(theme term.Theme, r *Row) []Standing {
			return []Standing{MakesAnOffence(theme, r.Criminalisation.Offence, r.values())}
		}},
	{NoPolicy, "Of %[1]s, the number without a current policy on %[3]s is %[2]d; for %[4]d none is recorded, and it is not known whether there is one.",
		"Drafts and policies whose period is over do not count." + missing,
		func(_ term.Theme, r *Row) []Standing { return []Standing{Recorded(r.Policy.OnTheme(), 0, r.spoken)} }},
	{NoMechanism, "Of %[1]s, the number without a national coordination mechanism on %[3]s is %[2]d; for %[4]d none is recorded as working, and it is not known whether there is one.",
		"Mechanisms that have ended do not count; of one whose working is not established it is not known." + missing,
		func(_ term.Theme, r *Row) []Standing {
			return []Standing{Recorded(r.Mechanism.National, r.Mechanism.UnclearNational, r.spoken)}
		}},
	{NoAssistance, "Of %[1]s and a type of assistance, the number without an activity on %[3]s is %[2]d; for %[4]d none is recorded, and it is not known whether there is one.",
		"Activities of any time count, but for cancelled ones; those of the region that name no State do not. While an activity in the State states no type, a type without any is not known." + missing,
		func(_ term.Theme, r *Row) (out []Standing) {
			for _, a := range r.Assistance {
				out = append(out, Recorded(a.Activities, r.Activities.WithoutType, r.spoken))
			}
			return out
		}},
}

// confusion is about both themes at once.
var confusion = question{Confused, "Of %[1]s, the number with one article of a law in force for both the smuggling of migrants and trafficking in persons is %[2]d; of %[4]d it is not known.",
	"Attempt, accomplices and organising may stand in one article for every crime and are left out. As long as articles are named for one crime only, or for none, it is not known. The number of States in which one law in force is read as making both an offence, be it in articles of their own, is %d; readings that are withheld from you are not known to you.",
	func(_ term.Theme, r *Row) []Standing {
		return []Standing{KeepsApart(r.readings[term.Smuggling], r.readings[term.Trafficking], r.withholds("elements"))}
	}}

// oneLaw is in how many States one law in force is read as making both crimes an offence.
func oneLaw(rows []*Row) (n int) {
	for _, r := range rows {
		if r.together {
			n++
		}
	}
	return n
}

var called = map[term.Theme]string{term.Smuggling: "the smuggling of migrants", term.Trafficking: "trafficking in persons"}

// ask answers a question over the rows of a theme.
func (q question) ask(theme term.Theme, rows []*Row) *Finding {
	f := &Finding{Code: q.code, Caveat: q.caveat, States: []*ent.State{}, UnknownStates: []*ent.State{}, Organisations: []*ent.Actor{}, Withheld: []string{}}
	if q.code != Confused {
		f.Theme = &theme
	}
	for _, r := range rows {
		lacks, unknown := 0, 0
		standings := q.of(theme, r)
		for _, s := range standings {
			lacks += map[Standing]int{Lacks: 1}[s]
			unknown += map[Standing]int{Unknown: 1}[s]
		}
		f.Count, f.Unknown, f.Denominator = f.Count+lacks, f.Unknown+unknown, f.Denominator+len(standings)
		if lacks > 0 {
			f.States = append(f.States, r.State)
		}
		if unknown > 0 {
			f.UnknownStates = append(f.UnknownStates, r.State)
		}
	}
	if q.code == Confused {
		f.Caveat = fmt.Sprintf(f.Caveat, oneLaw(rows))
	}
	looked := several(f.Denominator, "State", "States")
	if q.code == NoAssistance {
		looked = several(f.Denominator, "pair of a State", "pairs of a State")
	}
	f.Sentence = fmt.Sprintf(q.sentence, looked, f.Count, called[theme], f.Unknown)
	return f
}

// several writes how many there are of something.
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}
