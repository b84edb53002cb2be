package iati

import (
	_ "embed"
	"maps"
	"slices"
	"strings"

	"adam/internal/term"
)

//go:embed codes.tsv
var codesTSV string

// Code is an entry of a code list: a fact of the IATI standard, the OECD DAC or ISO.
type Code struct {
	List, Code, Name string
	Withdrawn        bool
	Alpha3           string // of countries: ISO 3166-1 alpha-3
}

var (
	codes  = map[string]map[string]*Code{}
	words  = map[string]map[string]string{} // of a list: a name in small letters to its code
	alpha2 = map[string]string{}            // by alpha-3
)

func init() {
	for _, line := range strings.Split(codesTSV, "\n") {
		f := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(f) < 4 {
			continue
		}
		c := &Code{List: f[0], Code: f[1], Name: f[2], Withdrawn: f[3] == "withdrawn"}
		if len(f) > 4 && f[4] != "" {
			c.Alpha3 = f[4]
			alpha2[c.Alpha3] = c.Code
		}
		if codes[c.List] == nil {
			codes[c.List], words[c.List] = map[string]*Code{}, map[string]string{}
		}
		codes[c.List][c.Code] = c
		words[c.List][strings.ToLower(c.Name)] = c.Code
	}
	for list, old := range oldWords {
		for word, code := range old {
			words[list][word] = code
		}
	}
}

// oldWords are the codes of versions 1.01 to 1.05 that version 2 has numbers for, and words that files use for them.
var oldWords = map[string]map[string]string{
	"ActivityStatus":   {"pipeline": "1", "planned": "1", "active": "2", "ongoing": "2", "completion": "3", "post-completion": "4", "completed": "4", "canceled": "5"},
	"ActivityDateType": {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"},
	"TransactionType": {"if": "1", "c": "2", "d": "3", "e": "4", "ir": "5", "lr": "6", "r": "7", "qp": "8", "qs": "9", "cg": "10",
		"commitment": "2", "incoming fund": "1", "repayment": "6", "interest repayment": "5"},
	"BudgetType":             {"original": "1", "revised": "2"},
	"SectorVocabulary":       {"dac": "1", "dac-3": "2", "cofog": "3", "nace": "4", "ntee": "5", "adt": "6", "ro": "99", "ro2": "98"},
	"RegionVocabulary":       {"dac": "1", "un": "2", "ro": "99"},
	"PolicyMarkerVocabulary": {"dac": "1", "ro": "99"},
}

// Lookup finds a code in a list; nil where the list does not have it.
func Lookup(list, code string) *Code { return codes[list][code] }

// Codes are those of a list, in order.
func Codes(list string) []*Code {
	out := slices.Collect(maps.Values(codes[list]))
	slices.SortFunc(out, func(a, b *Code) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// Lists names the code lists with the number of their codes.
func Lists() map[string]int {
	out := map[string]int{}
	for name, list := range codes {
		out[name] = len(list)
	}
	return out
}

// Alpha3 is the ISO 3166-1 alpha-3 code of a country; "" where alpha-2 is on no list.
func Alpha3(alpha2 string) string {
	if c := Lookup("Country", alpha2); c != nil {
		return c.Alpha3
	}
	return ""
}

// Alpha2 is the ISO 3166-1 alpha-2 code of a country, which IATI uses; "" where alpha-3 is on no list.
func Alpha2(alpha3 string) string { return alpha2[alpha3] }

var statuses = []term.ActivityStatus{term.StatusUnknown, term.Pipeline, term.Implementation, term.Finalisation, term.Closed, term.Cancelled, term.StatusSuspended}

// StatusOf is a status of the catalogue for a code of ActivityStatus: unknown where it is none.
func StatusOf(code string) term.ActivityStatus {
	if len(code) == 1 && code[0] >= '1' && code[0] <= '6' {
		return statuses[code[0]-'0']
	}
	return term.StatusUnknown
}

// StatusCode is the code of a status; "" where it is unknown.
func StatusCode(s term.ActivityStatus) string {
	for i, status := range statuses[1:] {
		if s == status {
			return string(rune('1' + i))
		}
	}
	return ""
}

var roles = map[string]term.ParticipationRole{"1": term.Funding, "2": term.Accountable, "3": term.Extending, "4": term.Implementing}

// RoleOf is a role of the catalogue for a code of OrganisationRole; false where it is none.
func RoleOf(code string) (term.ParticipationRole, bool) {
	r, ok := roles[code]
	return r, ok
}

// RoleCode is the code of a role; false for those that IATI does not have (partner, beneficiary).
func RoleCode(r term.ParticipationRole) (string, bool) {
	for code, role := range roles {
		if r == role {
			return code, true
		}
	}
	return "", false
}

// KindOf is the kind of sum of a code of TransactionType, and whether the money comes in: then the line is the same money that
// its provider reports as going out. False for what the catalogue does not count (interest, repayments, equity,
// guarantees).
func KindOf(code string) (kind term.FundingKind, incoming, ok bool) {
	switch code {
	case "1":
		return term.Disbursement, true, true
	case "2":
		return term.Commitment, false, true
	case "3":
		return term.Disbursement, false, true
	case "4":
		return term.Expenditure, false, true
	case "11":
		return term.Commitment, true, true
	case "12":
		return term.Pledge, false, true
	case "13":
		return term.Pledge, true, true
	}
	return "", false, false
}

// code reads an attribute that is of a list. Codes of version 1 become those of version 2; what is on no list is kept and told.
func (p *parser) code(n *node, attr, list string) string {
	value, there := n.attribute(attr)
	if value == "" && attr == "code" {
		value = n.own() // version 1 allows the word alone
	}
	return p.coded(n, attr, list, value, there || attr == "code")
}

func (p *parser) coded(n *node, attr, list, value string, wanted bool) string {
	if value == "" {
		if wanted {
			p.problem(n, attr, Warning, UnknownCode, "", "No code stands here. Expected is a code of the list %s.", list)
		}
		return ""
	}
	if c := Lookup(list, value); c != nil {
		if c.Withdrawn {
			p.problem(n, attr, Warning, OldCode, value, "This code of the list %s was withdrawn (%s). It is kept.", list, c.Name)
		}
		return value
	}
	if code, ok := p.meant(n, attr, list, value); ok {
		return code
	}
	p.problem(n, attr, Warning, UnknownCode, value, "This is no code of the list %s. It is kept as it is.", list)
	return value
}

// meant is the code that another spelling stands for, which version 1 allowed.
func (p *parser) meant(n *node, attr, list, value string) (string, bool) {
	code, ok := words[list][strings.ToLower(value)]
	if !ok && list == "Country" {
		upper := strings.ToUpper(value)
		if code, ok = alpha2[upper]; !ok && Lookup(list, upper) != nil {
			code, ok = upper, true
		}
	}
	if ok && (!p.a.Old || list == "Country") {
		p.problem(n, attr, Warning, UnknownCode, value, "This is no code of the list %s in version 2. It was read as %s.", list, code)
	}
	return code, ok
}
