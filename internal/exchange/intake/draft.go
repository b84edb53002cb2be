package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"adam/internal/exchange/iati"
	"adam/internal/fault"
	"adam/internal/term"
)

// Draft is what a file says of one activity, in the words of the catalogue, before its organisations are matched. It is
// kept with the import: the next one is compared with it, and an undone one goes back to it.
type Draft struct {
	Identifier   string
	Publisher    Org
	Secondary    bool `json:",omitempty"` // the publisher says that the activity is another's
	Title        string
	Summary      string              `json:",omitempty"`
	Results      string              `json:",omitempty"`
	Status       term.ActivityStatus `json:",omitempty"`
	Start        term.PartialDate    `json:",omitempty"` // as stated without saying which
	End          term.PartialDate    `json:",omitempty"`
	PlannedStart term.PartialDate    `json:",omitempty"`
	ActualStart  term.PartialDate    `json:",omitempty"`
	PlannedEnd   term.PartialDate    `json:",omitempty"`
	ActualEnd    term.PartialDate    `json:",omitempty"`
	Themes       []term.Theme        `json:",omitempty"` // as people say it; of IATI only in files that this catalogue wrote: none is guessed
	Purposes     []string            `json:",omitempty"` // DAC purpose codes
	Regional     bool                `json:",omitempty"`
	Places       []string            `json:",omitempty"` // regions, and States that the catalogue does not have
	States       []Share             `json:",omitempty"`
	Parties      []Party             `json:",omitempty"`
	Identifiers  []string            `json:",omitempty"` // beside its own
	Parent       string              `json:",omitempty"` // the activity that it is a part of
	Lines        []Line              `json:",omitempty"`
	Documents    []Document          `json:",omitempty"`

	// What only spreadsheets say.
	From            term.SourceKind       `json:",omitempty"` // what sort of source the file is; empty for IATI
	Visibility      term.Visibility       `json:",omitempty"` // public where it is empty
	Acronym         string                `json:",omitempty"`
	AssistanceTypes []term.AssistanceType `json:",omitempty"`
	Audiences       []term.Audience       `json:",omitempty"`
	Note            string                `json:",omitempty"` // remarks, and what was not understood
	Key             string                `json:",omitempty"` // of the activity of the catalogue that it is said to be
	Over            term.SourceKind       `json:",omitempty"` // of IATI that took over a record of a spreadsheet: what sort of source that is
}

// Org is an organisation as a file names it.
type Org struct {
	Ref  string `json:",omitempty"`
	Name string `json:",omitempty"`
	Type string `json:",omitempty"` // IATI codelist OrganisationType

	ID term.ID `json:",omitzero"` // in the catalogue, where a person has said which it is
}

func (o Org) known() bool { return o.Ref != "" || o.Name != "" }

// Share is a State by its alpha-3 code, with the per cent of the activity where that is stated.
type Share struct {
	Code    string
	Percent term.Decimal `json:",omitempty"`
}

// Party is what an organisation does in an activity.
type Party struct {
	Org
	Role term.ParticipationRole
}

// Document is a page or file about the activity.
type Document struct{ Title, URL string }

// says is the address, else the title: a spreadsheet may name a source that is not on the web.
func (d Document) says() string { return cmp.Or(d.URL, d.Title) }

// The most that is taken in of what a stranger may make as long as he likes.
const (
	longIdentifier = 300 // bytes: it stands in an index
	longTitle      = 500 // letters
	longName       = 300
	mostDocuments  = 20
	longCode       = 20 // bytes of a sector
)

// drafted makes the draft of an activity, or says why none can be made: the fault names the element at which it fails.
func drafted(a *iati.Activity, has func(alpha3 string) bool) (*Draft, error) {
	d := &Draft{Identifier: a.Identifier, Publisher: orgOf(a.Reporter.Ref, a.Reporter.Type, a.Reporter.Name), Secondary: a.Reporter.Secondary,
		Title: short(a.Title.In("en"), longTitle), Status: iati.StatusOf(a.Status), Themes: a.Themes,
		PlannedStart: a.Day("1"), ActualStart: a.Day("2"), PlannedEnd: a.Day("3"), ActualEnd: a.Day("4")}
	switch {
	case d.Identifier == "":
		return nil, refused("iati-identifier", "The activity has no identifier. Expected is one, such as XM-DAC-41121-2023.")
	case len(d.Identifier) > longIdentifier:
		return nil, refused("iati-identifier", "The identifier is longer than %d letters. Expected is one such as XM-DAC-41121-2023.", longIdentifier)
	case a.Repeated:
		return nil, refused("iati-identifier", "An earlier activity of this file has the same identifier and the same reporter. Expected is each once; the first one was taken.")
	case d.Title == "":
		return nil, refused("title", "The activity has no title. Expected is <title><narrative>…</narrative></title> with a text.")
	case !d.Publisher.known():
		return nil, refused("reporting-org", "Nobody reports the activity. Expected is <reporting-org ref=\"…\"> with the publisher's identifier and name.")
	}
	d.texts(a)
	d.places(a, has)
	d.parties(a)
	for _, o := range a.OtherIdentifiers {
		if o.Ref != "" && len(o.Ref) <= longIdentifier && o.Ref != d.Identifier && !slices.Contains(d.Identifiers, o.Ref) {
			d.Identifiers = append(d.Identifiers, o.Ref)
		}
	}
	for _, r := range a.Related {
		if r.Type == "1" && r.Ref != "" && r.Ref != d.Identifier && len(r.Ref) <= longIdentifier {
			d.Parent = cmp.Or(d.Parent, r.Ref)
		}
	}
	d.Lines = d.money(a, has)
	return d, nil
}

// refused is a fault at an element of an activity.
func refused(element, format string, args ...any) error {
	return fault.New(fault.Invalid, format, args...).At(element)
}

// short is a text in one line, cut after so many letters.
func short(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

func orgOf(ref, kind string, name iati.Text) Org {
	o := Org{Ref: strings.TrimSpace(ref), Name: short(name.In("en"), longName), Type: kind}
	if len(o.Ref) > longIdentifier {
		o.Ref = ""
	}
	return o
}

// texts are what the activity is about: the general description, else the first one, and what was reached.
func (d *Draft) texts(a *iati.Activity) {
	for _, x := range a.Descriptions {
		if text := strings.TrimSpace(x.Text.In("en")); text != "" && (d.Summary == "" || x.Type == "1") {
			if d.Summary = text; x.Type == "1" {
				break
			}
		}
	}
	var results []string
	for _, r := range a.Results {
		if title := r.Title.In("en"); title != "" && !slices.Contains(results, title) {
			results = append(results, title)
		}
	}
	d.Results = strings.Join(results, "\n")
	for _, s := range a.Sectors {
		if s.Vocabulary == "1" && s.Code != "" && len(s.Code) <= longCode && !slices.Contains(d.Purposes, s.Code) {
			d.Purposes = append(d.Purposes, s.Code) // also where it is on no list: adam codelists check tells of it
		}
	}
	for _, x := range a.Documents {
		doc := Document{cmp.Or(short(x.Title.In("en"), longTitle), x.URL), x.URL}
		if len(d.Documents) < mostDocuments && (strings.HasPrefix(x.URL, "https://") || strings.HasPrefix(x.URL, "http://")) && !slices.Contains(d.Documents, doc) {
			d.Documents = append(d.Documents, doc)
		}
	}
}

// inRegion are the regions of the OECD DAC that the catalogue's region lies in: what is for one of them is regional.
var inRegion = []string{"679", "689", "789", "798"}

// places are the States with their shares, and what is no State. Shares that are more than the whole say nothing.
func (d *Draft) places(a *iati.Activity, has func(string) bool) {
	stated := sound(a.Countries, a.Regions)
	for _, c := range a.Countries {
		code := iati.Alpha3(c.Code)
		switch {
		case code != "" && has(code):
			if slices.ContainsFunc(d.States, func(s Share) bool { return s.Code == code }) {
				continue
			}
			s := Share{Code: code}
			if stated {
				s.Percent = c.Percentage
			}
			d.States = append(d.States, s)
		default:
			name := c.Name.In("en")
			if known := iati.Lookup("Country", c.Code); known != nil {
				name = known.Name
			}
			d.place(cmp.Or(name, c.Code))
		}
	}
	for _, r := range a.Regions {
		name := r.Name.In("en")
		if known := iati.Lookup("Region", r.Code); known != nil && r.Vocabulary == "1" {
			name = known.Name
			d.Regional = d.Regional || slices.Contains(inRegion, r.Code)
		}
		d.place(cmp.Or(name, r.Code))
	}
}

// sound says whether shares of States and regions can be meant: each from 0 to 100, and no more than the whole together.
func sound(lists ...[]iati.Place) bool {
	all, sum := big.NewRat(100, 1), new(big.Rat)
	for _, p := range slices.Concat(lists...) {
		share, ok := new(big.Rat).SetString(cmp.Or(string(p.Percentage), "0"))
		if !ok || share.Sign() < 0 || p.Vocabulary != "" && p.Vocabulary != "1" && p.Percentage != "" {
			return false
		}
		sum.Add(sum, share)
	}
	return sum.Cmp(all) <= 0
}

func (d *Draft) place(name string) {
	if name = short(name, longName); name != "" && !slices.Contains(d.Places, name) {
		d.Places = append(d.Places, name)
	}
}

// parties are who takes part, each organisation once in a role.
func (d *Draft) parties(a *iati.Activity) {
	for _, o := range a.Participants {
		role, ok := iati.RoleOf(o.Role)
		p := Party{orgOf(o.Ref, o.Type, o.Name), role}
		if ok && p.known() && !slices.Contains(d.Parties, p) {
			d.Parties = append(d.Parties, p)
		}
	}
}

// start is what is known of the start: actual, else planned.
func (d *Draft) start() term.PartialDate { return cmp.Or(d.ActualStart, d.PlannedStart, d.Start) }

func (d *Draft) end() term.PartialDate { return cmp.Or(d.ActualEnd, d.PlannedEnd, d.End) }

// names are the identifiers by which people know the activity.
func (d *Draft) names() []string {
	if d.From != "" { // its own identifier is made of who sent the file, and of what a row says
		return d.Identifiers
	}
	return append([]string{d.Identifier}, d.Identifiers...)
}

// visibility says who may see what the file brings. What is published as IATI is public by nature.
func (d *Draft) visibility() string { return string(cmp.Or(d.Visibility, term.Public)) }

func (d *Draft) significance(t term.Theme) term.Significance {
	if slices.Contains(d.Themes, t) {
		return term.Principal
	}
	return term.NotTargeted
}

// rank is how far the publisher owns the activity: 2 where its identifier begins the activity's in IATI, 1 where it only does
// not say otherwise, 0 where it reports what is another's.
func (d *Draft) rank() int {
	switch {
	case d.Secondary:
		return 0
	case d.Key != "": // the sender was asked about this activity
		return 2
	case d.From == "" && d.Publisher.Ref != "" && strings.HasPrefix(d.Identifier, d.Publisher.Ref+"-"): // GB-GOV-13-1 is not GB-GOV-1's
		return 2
	}
	return 1
}

// publisher names who reports, to be compared.
func (d *Draft) publisher() string {
	if d.Publisher.ID != 0 {
		return d.Publisher.ID.String()
	}
	return cmp.Or(d.Publisher.Ref, d.Publisher.Name)
}

// written is the draft as it is kept, with its digest.
func (d *Draft) written() (text, digest string, err error) {
	b, err := json.Marshal(d)
	if err != nil {
		return "", "", fmt.Errorf("write the draft of %s: %w", term.Clip(d.Identifier), err)
	}
	sum := sha256.Sum256(b)
	return string(b), hex.EncodeToString(sum[:]), nil
}
