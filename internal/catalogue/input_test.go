package catalogue_test

import (
	"slices"
	"strings"
	"testing"

	"adam/internal/fault"
	"adam/internal/term"
)

// wrong are inputs with something wrong, and the field that an error must name.
var wrong = map[string]struct {
	kind  term.Kind
	in    input
	field string
}{
	"no title":               {term.KindActivity, input{}, "input.title"},
	"unknown title":          {term.KindActivity, input{"title": nil}, "input.title"},
	"empty title":            {term.KindActivity, input{"title": " \t "}, "input.title"},
	"long title":             {term.KindActivity, input{"title": strings.Repeat("ä", 501)}, "input.title"},
	"control characters":     {term.KindActivity, input{"title": "a\x07b"}, "input.title"},
	"line break in a title":  {term.KindActivity, input{"title": "a\nb"}, "input.title"},
	"control in a summary":   {term.KindActivity, input{"title": "A", "summary": "a\x1bb"}, "input.summary"},
	"long summary":           {term.KindActivity, input{"title": "A", "summary": strings.Repeat("a", 10_001)}, "input.summary"},
	"no date":                {term.KindActivity, input{"title": "A", "startOn": "12/2009"}, "input.startOn"},
	"no day":                 {term.KindActivity, input{"title": "A", "startOn": "2009-02-30"}, "input.startOn"},
	"a year too early":       {term.KindActivity, input{"title": "A", "startOn": "1899"}, "input.startOn"},
	"a year too late":        {term.KindActivity, input{"title": "A", "endOn": "2101"}, "input.endOn"},
	"end before start":       {term.KindActivity, input{"title": "A", "startOn": "2009-05", "endOn": "2009-04-30"}, "input.endOn"},
	"no status":              {term.KindActivity, input{"title": "A", "status": "DONE"}, "input.status"},
	"unknown State":          {term.KindActivity, input{"title": "A", "states": []any{"THA", "tha"}}, "input.states[1]"},
	"a State twice":          {term.KindActivity, input{"title": "A", "states": []any{"THA", "LAO", "THA"}}, "input.states[2]"},
	"unknown actor":          {term.KindActivity, input{"title": "A", "donors": []any{"no-such"}}, "input.donors[0]"},
	"an actor twice":         {term.KindActivity, input{"title": "A", "implementers": []any{"unodc", "unodc"}}, "input.implementers[1]"},
	"a topic twice":          {term.KindActivity, input{"title": "A", "topics": []any{"BORDER_MANAGEMENT", "BORDER_MANAGEMENT"}}, "input.topics[1]"},
	"too many items":         {term.KindActivity, input{"title": "A", "places": slices.Repeat([]any{"x"}, 101)}, "input.places"},
	"an empty item":          {term.KindActivity, input{"title": "A", "places": []any{"x", ""}}, "input.places[1]"},
	"percentages above 100":  {term.KindActivity, input{"title": "A", "allocations": []any{input{"state": "THA", "percentage": "60"}, input{"state": "LAO", "percentage": "40.01"}}}, "input.allocations"},
	"a percentage below 0":   {term.KindActivity, input{"title": "A", "allocations": []any{input{"state": "THA", "percentage": "-1"}}}, "input.allocations[0].percentage"},
	"no purpose code":        {term.KindActivity, input{"title": "A", "purposeCodes": []any{"1519"}}, "input.purposeCodes[0]"},
	"the same in two ways":   {term.KindActivity, input{"title": "A", "states": []any{"THA"}, "allocations": []any{input{"state": "THA"}}}, "input.allocations"},
	"unknown chapter":        {term.KindActivity, input{"title": "A", "chapters": []any{"JPN"}}, "input.chapters[0]"},
	"no such field":          {term.KindActivity, input{"title": "A", "colour": "red"}, "input.colour"},
	"verified":               {term.KindActivity, input{"title": "A", "verifiedStatus": "VERIFIED"}, "input.verifiedStatus"},
	"withdrawn":              {term.KindActivity, input{"title": "A", "withdrawn": true}, "input.withdrawn"},
	"created by":             {term.KindActivity, input{"title": "A", "createdBy": "Me"}, "input.createdBy"},
	"a key of one's own":     {term.KindActivity, input{"title": "A", "key": "mine"}, "input.key"},
	"no sources":             {term.KindActivity, input{"title": "A", "sources": []any{}}, "input.sources"},
	"unknown sources":        {term.KindActivity, input{"title": "A", "sources": nil}, "input.sources"},
	"a source without title": {term.KindActivity, input{"title": "A", "sources": []any{input{"url": "https://example.org"}}}, "input.sources[0].title"},
	"a source by ftp":        {term.KindActivity, input{"title": "A", "sources": []any{input{"title": "T", "url": "ftp://example.org/x"}}}, "input.sources[0].url"},
	"a source in a script":   {term.KindActivity, input{"title": "A", "sources": []any{input{"title": "T", "url": "javascript:alert(1)"}}}, "input.sources[0].url"},
	"a source of next year":  {term.KindActivity, input{"title": "A", "sources": []any{input{"title": "T", "accessedOn": "2026-11"}}}, "input.sources[0].accessedOn"},
	"a website without http": {term.KindActor, input{"name": "A", "kind": "NGO", "website": "www.example.org"}, "input.website"},
	"a secret in an address": {term.KindActor, input{"name": "A", "kind": "NGO", "website": "https://u:p@example.org"}, "input.website"},
	"no kind":                {term.KindActor, input{"name": "A"}, "input.kind"},
	"no language":            {term.KindActor, input{"name": "A", "kind": "NGO", "otherNames": []any{input{"name": "B", "language": "English!"}}}, "input.otherNames[0].language"},
	"no e-mail":              {term.KindActor, input{"name": "A", "kind": "NGO", "contacts": []any{input{"kind": "EMAIL", "value": "desk"}}}, "input.contacts[0].value"},
	"consent of nobody":      {term.KindActor, input{"name": "A", "kind": "NGO", "contacts": []any{input{"kind": "PHONE", "value": "1", "consent": true}}}, "input.contacts[0].person"},
	"a law of no State":      {term.KindLaw, input{"title": "A", "status": "BILL"}, "input.state"},
	"an element of another":  {term.KindLaw, input{"title": "A", "status": "BILL", "state": "THA", "elements": []any{input{"theme": "SMUGGLING", "element": "MEANS", "coverage": "COVERED"}}}, "input.elements[0].element"},
	"a coverage withheld":    {term.KindLaw, input{"title": "A", "status": "BILL", "state": "THA", "elements": []any{input{"theme": "SMUGGLING", "element": "ATTEMPT", "coverage": "WITHHELD"}}}, "input.elements[0].coverage"},
	"a reading withheld":     {term.KindLaw, input{"title": "A", "status": "BILL", "state": "THA", "criminalisesSmuggling": "WITHHELD"}, "input.criminalisesSmuggling"},
	"years of a life":        {term.KindLaw, input{"title": "A", "status": "BILL", "state": "THA", "penalties": []any{input{"theme": "SMUGGLING", "kind": "LIFE", "years": 5}}}, "input.penalties[0].years"},
	"a period backwards":     {term.KindPolicy, input{"title": "A", "status": "CURRENT", "periodFrom": "2010", "periodTo": "2009"}, "input.periodTo"},
	"a member that is both":  {term.KindMechanism, input{"name": "A", "level": "REGIONAL", "form": "PROCESS", "status": "ACTIVE", "members": []any{input{"state": "THA", "actor": "unodc"}}}, "input.members[0]"},
	"a member backwards":     {term.KindMechanism, input{"name": "A", "level": "REGIONAL", "form": "PROCESS", "status": "ACTIVE", "members": []any{input{"state": "THA", "since": "2010", "until": "2009"}}}, "input.members[0].until"},
	"another's reporter":     {term.KindActivity, input{"title": "A", "reporter": "no-such"}, "input.reporter"},
}

func TestWhatIsWrongWithAnInputIsToldWithItsField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		before := w.activities()
		for name, x := range wrong {
			t.Run(name, func(t *testing.T) {
				_, err := w.create(w.keeper, x.kind, with(x.in))
				f := refused(t, err, fault.Invalid, x.field)
				if len(f.Sentence) < 12 || len(f.Sentence) > 1000 || !strings.Contains(".!?", f.Sentence[len(f.Sentence)-1:]) {
					t.Errorf("the sentence is %q", f.Sentence)
				}
			})
		}
		if n := w.activities(); n != before {
			t.Errorf("%d activities were half written", n-before)
		}
	})
}

func TestEverythingThatIsWrongIsToldAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.create(w.keeper, term.KindActivity, input{"title": "", "startOn": "x", "states": []any{"XXX"}, "donors": []any{"y"}, "sources": []any{input{}}})
		f := refused(t, err, fault.Invalid, "input.title", "input.startOn", "input.states[0]", "input.donors[0]", "input.sources[0].title")
		if len(f.Fields) != 5 || !strings.Contains(f.Sentence, "And 2 more") {
			t.Errorf("%v: %s", f.Fields, f.Sentence)
		}
	})
}

func TestAChangeOfFactsNeedsADocumentAndHousekeepingNone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(term.KindActivity, input{"title": "One"})
		version := 1
		for field, v := range map[string]any{"visibility": "PUBLIC", "note": "N", "topics": []any{"BORDER_MANAGEMENT"}, "confidence": "HIGH", "chapters": []any{"REGIONAL"}, "reporter": "unodc"} {
			if _, err := w.update(w.keeper, term.KindActivity, input{"key": "one", "version": version, field: v}); err != nil {
				t.Errorf("%s: %v", field, err)
			}
			version++
		}
		for field, v := range map[string]any{"title": "Two", "summary": "S", "themes": []any{"SMUGGLING"}, "states": []any{"THA"}, "donors": []any{"dfat"}, "endOn": "2010", "status": "CLOSED", "externalIdentifiers": []any{"X"}} {
			_, err := w.update(w.keeper, term.KindActivity, input{"key": "one", "version": version, field: v})
			f := refused(t, err, fault.Invalid, "input.sources")
			if !strings.HasPrefix(f.Sentence, "Say which document shows this") {
				t.Errorf("%s: %s", field, f.Sentence)
			}
		}
	})
}

func TestSourcesAreAppendedAndNeverTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One"})
		w.change(w.keeper, term.KindActivity, input{"key": "one", "version": 1, "summary": "S."}) // the same document
		w.change(w.keeper, term.KindActivity, input{"key": "one", "version": 2, "summary": "T.", "sources": []any{input{"title": "Letter"}, document}})
		rows, err := w.st.Client.Source.Query().All(w.system())
		if err != nil {
			t.Fatal(err)
		}
		titles := map[string]int{}
		for _, s := range rows {
			if s.RecordID == id {
				titles[s.Title]++
			}
		}
		if titles["Annual report"] != 1 || titles["Letter"] != 1 {
			t.Errorf("the sources are %v", titles)
		}
		h := w.history(id)
		if h[1].Edges.Source == nil || h[1].Edges.Source.Title != "Annual report" || h[2].Edges.Source.Title != "Letter" {
			t.Errorf("the entries are shown by %v and %v", h[1].Edges.Source, h[2].Edges.Source)
		}
	})
}

func TestNewRecordsAreRestrictedWhereNothingIsSaid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if a := w.activity(w.add(term.KindActivity, input{"title": "One"})); a.Visibility != term.Restricted {
			t.Errorf("it is %s", a.Visibility)
		}
	})
}

func TestAVerifiedRecordWhoseFactsChangeIsUnverified(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(term.KindActivity, input{"title": "One"})
		w.write(func(c client) error {
			return c.Activity.UpdateOneID(id).SetVerifiedStatus(term.Verified).SetVerifiedBy("Thailand").SetVerifiedOn("2026-01-01").Exec(w.system())
		})
		w.change(w.keeper, term.KindActivity, input{"key": "one", "version": 2, "note": "N."})
		if a := w.activity(id); a.VerifiedStatus != term.Verified {
			t.Error("housekeeping takes the verification away")
		}
		w.change(w.keeper, term.KindActivity, input{"key": "one", "version": 3, "summary": "S."})
		if a := w.activity(id); a.VerifiedStatus != term.Unverified || a.VerifiedBy != nil {
			t.Errorf("new facts are %s by %v", a.VerifiedStatus, a.VerifiedBy)
		}
	})
}

func TestNoRecordIsAPartOfItself(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(term.KindActivity, input{"title": "One"})
		w.add(term.KindActivity, input{"title": "Two", "partOf": "one"})
		w.add(term.KindActivity, input{"title": "Three", "partOf": "two"})
		for _, whole := range []string{"one", "two", "three"} {
			_, err := w.update(w.keeper, term.KindActivity, with(input{"key": "one", "version": 1, "partOf": whole}))
			refused(t, err, fault.Invalid, "input.partOf")
		}
		w.change(w.keeper, term.KindActivity, input{"key": "one", "version": 1, "follows": "three"})
	})
}
