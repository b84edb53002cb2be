package overlap

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// sentences are what a level of a field means, for people who read English as a second language.
var sentences = map[string]map[string]string{
	"title": {"different": "The titles share almost no words.", "few words": "The titles share few words.", "some words": "The titles share some words.", "half": "The titles share about half of their words.",
		"most words": "The titles share most of their words.", "nearly all": "The titles are nearly the same.", "all words": "The titles have the same words."},
	"part of title": {"apart": "No title is a part of the other.", "one in the other": "One title is a part of the other."},
	"meaning": {"other": "The titles mean different things.", "far": "The titles mean mostly different things.", "some": "The titles mean partly the same.", "near": "The titles mean nearly the same.",
		"close": "The titles mean the same in most words.", "same": "The titles mean the same."},
	"contrast": {"nothing left": "Neither title says anything that the other does not say.", "little left": "Each title says little that the other does not say.", "some left": "Each title says something that the other does not say.",
		"much left": "Each title says much that the other does not say.", "very much left": "Each title says very much that the other does not say."},
	"summary": {"different": "The summaries say different things.", "little": "The summaries share little.", "some": "The summaries share some of what they say.", "much": "The summaries share much of what they say.", "nearly all": "The summaries say nearly the same."},
	"subject": {"other": "The texts are about other subjects.", "far": "The texts are about subjects far from each other.", "some": "The texts have some subject in common.", "near": "The texts are about near subjects.", "close": "The texts are about like subjects.",
		"very close": "The texts are about almost the same subject.", "same": "The texts are about the same subject."},
	"topics":       {"different": "The topics differ.", "a part": "The topics are the same in a part.", "half": "About half of the topics are the same.", "most": "Most topics are the same.", "the same": "The topics are the same."},
	"people":       {"different": "They reach different people.", "a part": "A part of the people whom they reach is the same.", "most": "Most of the people whom they reach are the same.", "the same": "They reach the same people."},
	"states":       {"same": "The States are the same.", "some shared": "Some States are the same.", "different": "The States differ."},
	"donors":       {"same": "The donor is the same.", "same government": "The donors belong to the same government or group.", "some shared": "Some donors are the same.", "different": "The donors differ."},
	"themes":       {"same": "A theme is the same.", "related": "The themes are related.", "different": "The themes differ."},
	"money":        {"equal": "The sums are equal.", "nearly equal": "The sums are nearly equal.", "close": "The sums are close.", "same scale": "The sums are of the same scale.", "different": "The sums differ.", "very different": "The sums differ very much."},
	"phase":        {"same": "Both titles name the same phase.", "one only": "Only one title names a phase.", "different": "The titles name different phases."},
	"years":        {"same": "Both titles name the same year.", "one only": "Only one title names a year.", "different": "The titles name different years."},
	"numbers":      {"same": "The titles have a number in common.", "one only": "Only one title has a number.", "different": "The numbers in the titles differ."},
	"reporter":     {"other reporter": "Two reporters filed them, as happens when one activity is reported twice.", "same reporter": "One reporter filed both, and would hardly report one activity twice."},
	"identifiers":  {"shared": "They share an identifier.", "different": "Their identifiers differ."},
	"implementers": {"same": "The implementer is the same.", "same government": "The implementers belong to the same government or group.", "some shared": "Some implementers are the same.", "different": "The implementers differ."},
	"time": {"same length, same time": "They run at the same time and as long.", "overlapping": "They run partly at the same time.", "same length, moved": "They are as long as each other, but one is later.", "one follows the other": "One begins when the other ends.",
		"apart": "They do not run at the same time.", "touching": "One begins soon after the other ends.", "a part": "A part of the shorter one runs beside the other.", "most": "Most of the shorter one runs beside the other.", "the whole": "The shorter one runs wholly beside the other.",
		"perhaps beside": "They perhaps run at the same time: how long is not known.", "perhaps apart": "They perhaps do not run at the same time: how long is not known."},
	"next phase":    {"hardly": "One is hardly the next phase of the other.", "perhaps": "One may be the next phase of the other.", "likely": "One is likely the next phase of the other, which is no overlap."},
	"same activity": {"surely not": "They are surely not one activity.", "hardly": "They are hardly one activity.", "perhaps": "They may be one activity reported twice.", "likely": "They are likely one activity reported twice, which is no overlap.", "very likely": "They are very likely one activity reported twice, which is no overlap."},
}

var dateSentences = map[string]string{
	"same day": "They %s on the same day.", "same usual day": "They %s on the same day, but many activities do so.", "same month": "They %s in the same month.", "same year": "They %s in the same year, as far as is known.",
	"within a month": "They %s within a month of each other.", "within three months": "They %s within three months of each other.", "within ten months": "They %s within ten months of each other.",
	"about a year apart": "They %s about a year apart.", "far apart": "They %s far apart.",
}

// sentence says in plain words what a level of a field means for this pair.
func (p *explainer) sentence(field, level string) string {
	switch field {
	case "start":
		return fmt.Sprintf(dateSentences[level], "begin")
	case "end":
		return fmt.Sprintf(dateSentences[level], "end")
	case "rare words":
		return p.rareWords(level)
	case "months":
		return p.monthsShared()
	case "states":
		if shared := p.sharedStates(); shared != "" {
			return sentences[field][level] + " Shared: " + shared + "."
		}
	case "people":
		if shared := p.sharedPeople(); shared != "" {
			return sentences[field][level] + " Shared: " + shared + "."
		}
	}
	return sentences[field][level]
}

// rareWords names the rarest words that both titles have, and how rare each is.
func (p *explainer) rareWords(level string) string {
	var parts []string
	for _, r := range p.seen.Rare {
		parts = append(parts, fmt.Sprintf("“%s” stands in %s of %s titles", p.shown(r.Word), grouped(r.Titles), grouped(p.seen.Titles)))
	}
	switch {
	case len(parts) > 0:
		return "Shared words: " + strings.Join(parts, "; ") + "."
	case level == levels[fRare][1]:
		return "The titles share no rare words."
	}
	return "The titles share words; how rare these are is said when the catalogue is compared the next time."
}

// shown is a word as it stands in the left title.
func (p *explainer) shown(word string) string {
	for _, w := range tokens(clip(p.a.Title, mostTitleBytes)) {
		if w.key == word {
			return w.text
		}
	}
	return word
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func (p *explainer) monthsShared() string {
	fromA, toA, _ := run(p.ra)
	fromB, toB, _ := run(p.rb)
	days := min(toA, toB) - max(fromA, fromB) + 1
	if days <= 0 {
		return "They share no month."
	}
	return fmt.Sprintf("They share about %s.", counted(max(1, int(float64(days)/30.44+0.5)), "month"))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func (p *explainer) sharedStates() string {
	keys := map[string]bool{}
	for _, s := range p.b.States {
		keys[stateKey(s)] = true
	}
	var shared []string
	for _, s := range p.a.States {
		if keys[stateKey(s)] {
			shared = append(shared, s)
		}
	}
	return strings.Join(shared, ", ")
}

func (p *explainer) sharedPeople() string {
	var shared []string
	for _, id := range p.ra.list(peopleSenses) {
		if slices.Contains(p.rb.list(peopleSenses), id) {
			shared = append(shared, p.x.conceptName(id))
		}
	}
	return strings.Join(shared, ", ")
}

// rates tells which rates the money was converted with, and where each comes from.
func (p *explainer) rates() (out []string) {
	if p.x.reader.rates == nil || p.v.g[fMoney] == missing {
		return nil
	}
	for _, m := range slices.Concat(p.a.Money, p.b.Money) {
		rate, ok := p.x.reader.rates(m.Currency, m.Year)
		if !ok || m.Currency == "USD" {
			continue
		}
		line := fmt.Sprintf("One US dollar is taken as %s %s in %d.", trimmed(rate.PerDollar), m.Currency, m.Year)
		if rate.Source != "" {
			line += " Source of the rate: " + strings.TrimRight(rate.Source, ". ") + "."
		}
		if !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

func trimmed(f float64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", f), "0"), ".")
}
