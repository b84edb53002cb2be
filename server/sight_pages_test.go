package server

import (
	"fmt"
	"hash/crc32"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"adam/internal/sight"
	"adam/internal/term"
)

// page is an address that a browser or a program asks for.
type page struct {
	address string
	program bool
}

func (p page) String() string {
	if p.program {
		return "by token: GET " + p.address
	}
	return "GET " + p.address
}

// whens are how an address asks for an edition: one there is, an older one, one withdrawn, one in the making, one of
// nowhere, and by days.
var whens = []string{"", "?edition=1", "?edition=2", "?edition=3", "?edition=4", "?edition=99", "?edition=x",
	"?on=2026-11-24", "?on=2026-11-01", "?on=2019-01-01", "?on=x", "?edition=3&on=2026-11-24"}

// beneath are the addresses below a route that takes all that begins as it does.
var beneath = map[string][]string{
	"/data/": {"/data/", "/data/edition-1.sqlite", "/data/edition-2.sqlite", "/data/edition-3.sqlite", "/data/edition-4.sqlite",
		"/data/edition-99.sqlite", "/data/0003-members.sqlite", "/data/edition-3.json",
		"/data/edition-1.csv", "/data/edition-3.csv.zip", "/data/edition-3.xlsx.zip", "/data/edition-3.iati.xml", "/data/edition-3.jsonl", "/data/edition-2.iati.xml", "/data/edition-4.json"},
}

// narrowed are the lists that are filtered and counted, as pages and as files: by what only some may know of, too.
var narrowed = map[string][]string{
	"/activities":    {"?state=QKM", "?state=QKR", "?state=QKG", "?donorState=QKM", "?donor=iom&theme=SMUGGLING", "?implementer=iom&more=donor", "?q=quokka&sort=updated", "?q=quokka-secret-results", "?from=2018&to=2019"},
	"/laws":          {"?state=QKM", "?chapter=QKR", "?q=quokka&sort=adopted", "?verified=true"},
	"/policies":      {"?state=QKM", "?chapter=QKR", "?q=quokka", "?verified=false"},
	"/mechanisms":    {"?state=QKM", "?chapter=QKR", "?q=quokka", "?level=NATIONAL&sort=founded"},
	"/actors":        {"?state=QKM", "?chapter=QKR", "?q=quokka", "?role=FUNDING&sort=updated"},
	"/needs":         {"?state=QKM", "?state=QKR", "?status=OFFERED&theme=SMUGGLING", "?status=MATCHED", "?assistance=LEGISLATIVE&gap=NO_OFFENCE&priority=HIGH"},
	"/overlaps":      {"?show=twice", "?show=mine", "?show=changed", "?show=settled&state=QKM", "?state=QKR"},
	"/gaps":          {"?theme=SMUGGLING", "?theme=TRAFFICKING", "?theme=BOTH"},
	"/funding":       {"?by=STATE&across=DONOR&state=QKM", "?by=YEAR&across=none&q=quokka&kind=COMMITMENT", "?by=IMPLEMENTER&across=ASSISTANCE_TYPE&currency=EUR&verified=false"},
	"/funding/lines": {"?in-donor=iom", "?in-state=QKM&in-donor=", "?in-year=2020&state=QKR", "?outcome=COUNTED&outcome=AMOUNT_WITHHELD&q=quokka", "?activity=a&in-theme=SMUGGLING"},
	"/feed":          {"?chapter=QKM", "?chapter=QKR", "?theme=SMUGGLING", "?actor=iom", "?chapter=THA&theme=TRAFFICKING", "?actor=nobody"},
	"/add":           {"?kind=LAW", "?kind=ACTIVITY", "?kind=NEED"},
	"/search":        {"?q=quokka", "?q=quoka&kind=ACTIVITY", "?q=quokka&state=QKM", "?q=quokka&state=QKR&theme=TRAFFICKING", "?q=quokka-withdrawn-results", "?q=quokka-hidden-note"},
}

// operations are what is asked of the API by GET, where the choice of an edition and the accounts meet.
var operations = []string{
	`{ viewer { name role roles { role actor { key name } chapter { code } } can } }`, `{ chapters(first: 50) { totalCount edges { node { code title } } } currentEdition { number } }`,
	`{ activities(first: 100) { totalCount edges { node { key title } } } }`, `{ search(text: "quokka", first: 100) { totalCount edges { node { key } } } }`, `{ nothing }`,
}

// pages are all that is asked: every GET route that the router knows, with values for its path, and what it does not know.
func (s *sites) pages(t *testing.T, in *sight.Sight) []fmt.Stringer {
	t.Helper()
	s.of(in.Real[sight.Anonymous]) // the routes are known from here on
	out := []fmt.Stringer{page{address: "/nowhere"}, page{address: "/account/nowhere", program: true}, page{address: "/sign-out"}}
	for _, route := range s.routes {
		path, isGET := strings.CutPrefix(route.Pattern, "GET ")
		if !isGET {
			continue
		}
		before := len(out)
		out = append(out, asked(path, in)...)
		if len(out) == before {
			t.Errorf("nothing is asked of %s: give its path values in this file", route.Pattern)
		}
	}
	return out
}

// asked are the pages of one route.
func asked(path string, in *sight.Sight) (out []fmt.Stringer) {
	path = strings.TrimSuffix(path, "{$}")
	var all []string
	switch {
	case path == "/graphql":
		for _, q := range operations {
			all = append(all, path+"?query="+url.QueryEscape(q), path+"?edition=3&query="+url.QueryEscape(q))
		}
	case strings.HasSuffix(path, "/") && path != "/":
		all = beneath[path]
	case strings.Contains(path, "{"):
		return filled(path, in)
	default:
		for _, when := range whens {
			all = append(all, path+when)
		}
		list, _, _ := strings.Cut(path, ".")
		for _, filter := range narrowed[list] {
			all = append(all, path+filter, path+filter+"&edition=3")
		}
	}
	for _, address := range all {
		out = append(out, page{address: address}, page{address: address, program: true})
	}
	return out
}

// filled puts the values of the fixture into the variables of a path, the same into each; a program asks for some.
func filled(path string, in *sight.Sight) (out []fmt.Stringer) {
	before, rest, _ := strings.Cut(path, "{")
	name, after, _ := strings.Cut(rest, "}")
	for i, value := range values(path, strings.TrimSuffix(name, "..."), in) {
		address := before + url.PathEscape(value) + after
		if strings.Contains(after, "{") {
			out = append(out, filled(address, in)...)
			continue
		}
		out = append(out, page{address: address})
		if i%7 == 0 {
			out = append(out, page{address: address, program: true}, page{address: address + "?edition=3"})
		}
	}
	return out
}

// keyed are the kinds of the routes that ask for one by its key or its id.
var keyed = map[string]term.Kind{"/laws/": term.KindLaw, "/policies/": term.KindPolicy, "/mechanisms/": term.KindMechanism,
	"/activities/": term.KindActivity, "/actors/": term.KindActor, "/needs/": term.KindNeed, "/overlaps/": term.KindOverlap, "/briefs/donors/": term.KindActor,
	"/cycles/": term.KindReviewCycle, "/imports/": term.KindIntake, "/admin/people/": term.KindPerson, "/account/roles/": term.KindGrant}

// values are what a variable of a path can be: of every row of the fixture, and of nothing. A route that asks for one kind
// is asked for all rows of that kind, and in turn with the other routes for those of others; one that is not known here for
// all. A secret is known to those who hold it, so that only wrong ones are tried.
func values(path, name string, in *sight.Sight) []string {
	out := []string{"nothing", "law_zzzzzzzzzzzz"}
	before, _, _ := strings.Cut(path, "{")
	kind, isKeyed := keyed[before]
	turn := int(crc32.ChecksumIEEE([]byte(path)) % turns)
	asked := func(i int, f *sight.Row) bool {
		return isKeyed && f.ID.Kind() == kind || !isKeyed && name != "code" || (i+turn)%turns == 0
	}
	switch name {
	case "what":
		return []string{"wrong", "disagree", "withdraw", "nothing"}
	case "name":
		return []string{"Activity", "Query", "nothing"}
	case "theme":
		return []string{"SMUGGLING", "TRAFFICKING", "nothing"}
	case "token", "secret":
		return append(out, sight.Secret)
	case "id":
		for i, f := range in.World.Rows {
			if asked(i, f) {
				out = append(out, f.ID.String())
			}
		}
		return append(out, term.HashID(term.KindPerson, "nobody").String(), term.HashID(term.KindGrant, "nothing").String())
	}
	for i, f := range in.World.Rows {
		if f.Canary != "" && asked(i, f) {
			out = append(out, f.Canary)
		}
	}
	if isKeyed {
		return out
	}
	out = append(append(out, slices.Sorted(maps.Values(in.World.Codes))...), "THA", "LAO", "REGIONAL", "XXX")
	if name == "file" { // of a calendar, which is called after a chapter's code
		for _, code := range slices.Clone(out) {
			out = append(out, code+".ics")
		}
	}
	return out
}

// turns is how many routes share the rows that none of them is about.
const turns = 40
