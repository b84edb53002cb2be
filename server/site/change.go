package site

import (
	"context"
	"regexp"
	"strings"

	"adam/internal/term"
	"adam/server/say"
	"adam/server/ui"
)

// codesOf are the lists of codes with which the values of a field are written in history.
var codesOf = map[string][]string{
	"visibility": {"Visibility"}, "smuggling": {"Significance"}, "trafficking": {"Significance"}, "themes": {"Theme"}, "topics": {"Topic"},
	"confidence": {"Confidence"}, "evidence": {"Evidence"}, "kind": {"ActorKind"}, "statedRoles": {"StatedRole"}, "otherNames": {"NameKind"},
	"contacts": {"ContactKind", "Visibility"}, "level": {"MechanismLevel"}, "form": {"MechanismForm"}, "assistanceTypes": {"AssistanceType"},
	"assistanceType": {"AssistanceType"}, "targetAudiences": {"Audience"}, "deliveryModes": {"DeliveryMode"}, "priority": {"NeedPriority"}, "gapKind": {"NeedGap"},
	"criminalisesSmuggling": {"Criminalisation"}, "criminalisesTrafficking": {"Criminalisation"},
	"comprehensiveSmuggling": {"Comprehensiveness"}, "comprehensiveTrafficking": {"Comprehensiveness"},
	"elements": {"Theme", "OffenceElement", "Coverage"}, "penalties": {"Theme", "PenaltyKind"}, "leadAuthorities": {"Theme"},
	"memberships": {"Group", "Confidence", "Evidence"}, "treatyActions": {"Treaty", "TreatyMode", "Confidence"},
	"fundings": {"FundingKind", "FundingReporter", "Visibility"}, "verifiedStatus": {"VerificationStatus"},
}

// statusCodes is the list of codes of the status of a record of each type.
var statusCodes = map[term.RecordKind]string{
	term.RecordLaw: "LawStatus", term.RecordPolicy: "PolicyStatus", term.RecordMechanism: "MechanismStatus",
	term.RecordActivity: "ActivityStatus", term.RecordNeed: "NeedStatus",
}

// flags are the fields that are so or not.
var flags = map[string]bool{
	"regional": true, "safety": true, "withdrawn": true, "fieldsInferred": true, "checkedAgainstSource": true,
}

var partialDate = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// span is a piece of a value as the page writes it: the program's words, a record's, or a link.
type span struct {
	text, path string
	ours       bool // the program's own words, in the language of the page
}

// Marks with which history says that it may not tell a value, or that only what it may not tell has changed.
const (
	writtenWithheld = "(withheld)"
	writtenChanged  = " (changed)"
)

// value is what stands in history as the page says it. Codes and dates are said in words, identifiers by name.
func (v *historyView) value(ctx context.Context, field, text string) [][]span {
	var out [][]span
	rest, changed := strings.CutSuffix(text, writtenChanged)
	for _, one := range items(field, rest) {
		out = append(out, v.item(ctx, field, one))
	}
	if changed {
		out = append(out, []span{{text: say.T(ctx, "history.inside"), ours: true}})
	}
	return out
}

// items are the items of a list, as history joins them; a text is one item, whatever stands in it.
func items(field, text string) []string {
	if _, coded := codesOf[field]; coded || listed[field] {
		return strings.Split(text, "; ")
	}
	return []string{text}
}

// listed are the fields of several values that are written without codes.
var listed = map[string]bool{
	"states": true, "allocations": true, "chapters": true, "members": true, "donors": true, "implementers": true, "partners": true, "accountable": true,
	"extending": true, "beneficiaries": true, "externalIdentifiers": true, "purposeCodes": true, "places": true, "keyArticles": true, "sources": true,
	"amendments": true, "related": true,
}

func (v *historyView) item(ctx context.Context, field, text string) []span {
	lists := codesOf[field]
	if field == "status" {
		lists = []string{statusCodes[v.kind]}
	}
	switch {
	case text == writtenWithheld:
		return []span{{text: say.T(ctx, "record.withheld.one"), ours: true}}
	case flags[field] && (text == "true" || text == "false"):
		return []span{{text: map[bool]string{true: say.T(ctx, "history.yes"), false: say.T(ctx, "history.no")}[text == "true"], ours: true}}
	case partialDate.MatchString(text) && dated(field):
		return []span{{text: say.Date(ctx, term.PartialDate(text)), ours: true}}
	case lists == nil && !listsStates(field) && v.names[text] == (ui.Link{}):
		return []span{{text: text}} // words of a record
	}
	var out []span
	for word := range strings.SplitSeq(text, " ") {
		out = append(out, v.word(ctx, lists, word))
	}
	return out
}

// word is one word of an item: a code, the identifier of a record, or what a record says.
func (v *historyView) word(ctx context.Context, lists []string, word string) span {
	if to, ok := v.names[word]; ok {
		return span{text: to.Text, path: to.Path}
	}
	for _, list := range lists {
		if say.Has("code." + list + "." + word) {
			return span{text: say.Word(ctx, list, word), ours: true}
		}
	}
	return span{text: word}
}

// dated says whether the values of a field are dates.
func dated(field string) bool {
	return strings.HasSuffix(field, "On") || field == "year" || field == "periodFrom" || field == "periodTo" || field == "verifiedUntil"
}
