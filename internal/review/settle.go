package review

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
)

// The rules by which the sheets of several agencies become one answer. They are pure: what stands, and who may answer,
// is looked at elsewhere. All of them give the same whatever the order of the sheets.

// voice is what one agency says of an item, or of a record that it adds. Its values have the plain types of JSON.
type voice struct {
	SheetAnswer
	agency string
}

// settled is what voices come to about one item.
type settled struct {
	by         []voice // whose answers count
	answer     term.SheetAnswer
	reason     string
	activeHere *bool
	authority  string
	hold       bool
	draft      draft    // of a correction
	differs    []string // where they do not agree, in sentences
}

// settle finds the one answer of several agencies, or where they differ. "Not sure" gives way to any other answer, also to
// one that stands already: see (*answer).settle.
func settle(all []voice) settled {
	s := settled{by: deciding(all)}
	s.answer = s.by[0].Answer
	if slices.ContainsFunc(s.by, func(v voice) bool { return v.Answer != s.answer }) {
		for _, v := range s.by {
			s.differs = append(s.differs, v.line())
		}
		return s
	}
	s.reason, s.authority = reasons(s.by), authorities(s.by)
	s.hold = slices.ContainsFunc(s.by, func(v voice) bool { return v.Hold }) // one that asks for it is heard
	s.activeHere, s.differs = active(s.by)
	if s.answer == term.SheetPartWrong {
		var differs []string
		s.draft, differs = drafted(s.by)
		s.differs = append(s.differs, differs...)
	}
	return s
}

// active is whether an activity takes place here, of those who say it.
func active(by []voice) (here *bool, differs []string) {
	first := ""
	for _, v := range by {
		switch {
		case v.ActiveHere == nil:
		case here == nil:
			here, first = v.ActiveHere, v.agency
		case *here != *v.ActiveHere:
			yesNo := map[bool]string{true: "yes", false: "no"}
			differs = append(differs, fmt.Sprintf("Active here: %s says %s, %s says %s.", first, yesNo[*here], v.agency, yesNo[*v.ActiveHere]))
		}
	}
	return here, differs
}

// deciding are the voices that count, by agency.
func deciding(all []voice) []voice {
	sure := slices.DeleteFunc(slices.Clone(all), func(v voice) bool { return v.Answer == term.SheetNotSure })
	if len(sure) == 0 {
		sure = slices.Clone(all)
	}
	slices.SortStableFunc(sure, byAgency)
	return sure
}

func byAgency(a, b voice) int { return strings.Compare(folded(a.agency), folded(b.agency)) }

// folded is a name as names are compared.
func folded(name string) string { return strings.ToLower(name) }

// line is what an agency says, in one line.
func (v voice) line() string {
	if v.Reason == "" {
		return fmt.Sprintf("%s: %s.", v.agency, v.Answer)
	}
	return fmt.Sprintf("%s: %s (%q).", v.agency, v.Answer, term.Clip(v.Reason))
}

// reasons joins what several agencies give as reasons, each after the name of its agency. One that answers alone is
// quoted as it is.
func reasons(by []voice) string {
	if len(by) == 1 {
		return by[0].why()
	}
	var out []string
	for _, v := range by {
		if why := v.why(); why != "" {
			out = append(out, v.agency+": "+why)
		}
	}
	return strings.Join(out, "\n")
}

// why is the reason of an answer; a correction may have it in its input.
func (v voice) why() string {
	if reason := strings.TrimSpace(v.Reason); reason != "" {
		return reason
	}
	reason, _ := v.Input["reason"].(string)
	return strings.TrimSpace(reason)
}

// authorities joins the authorities that agencies name, each once.
func authorities(by []voice) string {
	var out []string
	for _, v := range by {
		if name := strings.TrimSpace(v.Authority); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, "; ")
}

// once takes equal rows of one sheet for one. Where a sheet says different things of one item, it gives the rows that do
// too.
func once(all []voice) (kept, twice []voice) {
	for _, v := range all {
		i := slices.IndexFunc(kept, func(o voice) bool { return o.agency == v.agency && o.same(v) })
		if i >= 0 {
			continue
		}
		if j := slices.IndexFunc(kept, func(o voice) bool { return o.agency == v.agency }); j >= 0 {
			twice = append(twice, kept[j], v)
		}
		kept = append(kept, v)
	}
	return kept, twice
}

// same says whether two rows say the same, wherever they stand.
func (v voice) same(o voice) bool {
	v.Place, o.Place = "", ""
	return reflect.DeepEqual(v.SheetAnswer, o.SheetAnswer)
}

// inputs are how the records that a sheet corrects or adds are called in an input.
var inputs = map[term.Kind]string{
	term.KindActor: "actor", term.KindLaw: "law", term.KindPolicy: "policy", term.KindMechanism: "mechanism", term.KindActivity: "activity",
}

// unusable says what is wrong with a row by itself; nil where nothing is.
func (v voice) unusable() *fault.Error {
	at := func(field string) string { return v.Place + "." + field }
	switch {
	case !slices.Contains(term.SheetAnswer("").Values(), string(v.Answer)):
		return fault.New(fault.Invalid, "%q is none of the answers: write one of %s.", term.Clip(string(v.Answer)), strings.Join(v.Answer.Values(), ", ")).At(at("answer"))
	case v.Answer == term.SheetPartWrong && (v.Input == nil || inputs[v.Kind] == ""):
		return fault.New(fault.Invalid, "Part is wrong: say what is right, field by field.").At(at("answer"))
	case v.Answer != term.SheetPartWrong && (v.Input != nil || v.Source != nil):
		return fault.New(fault.Invalid, "Corrections and their document go with the answer PART_WRONG only: change the answer, or take them out.").At(at("answer"))
	case v.Answer != term.SheetRight && v.Hold:
		return fault.New(fault.Invalid, "Not for publication goes with the answer RIGHT only.").At(at("notForPublication"))
	}
	for field, text := range map[string]string{"reason": v.Reason, "authority": v.Authority} {
		if _, err := optional(text, field); err != nil {
			return fault.New(fault.Invalid, "%s", err.Error()).At(at(field))
		}
	}
	return nil
}

// clean takes out of a text what no column holds.
func clean(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "�")
}
