package site

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"

	"adam/internal/exchange/iati"
	"adam/internal/term"
	"adam/server/say"
)

// ourRef is what this catalogue is called in files of IATI, officeKey the actor that keeps it, and officeName its name. What others carry out it
// reports as a secondary reporter (decision 036).
const (
	ourRef     = "XM-ADAM"
	officeKey  = "bali-process-rso"
	officeName = "Regional Support Office of the Bali Process"
)

// inEnglish is a text of our own; nothing where there is none.
func inEnglish(text string) iati.Text {
	if text == "" {
		return nil
	}
	return iati.Text{{Language: "en", Text: text}}
}

// mostNoted is of how many activities it is kept which money was left out.
const mostNoted = 1000

func ourReporter(secondary bool) iati.Reporter {
	return iati.Reporter{Ref: ourRef, Type: "40", Secondary: secondary, Name: inEnglish(officeName)}
}

func (s *Site) iatiOptions(ctx context.Context) iati.WriteOptions {
	return iati.WriteOptions{VocabularyURI: s.BaseURL + "/about", Licence: say.T(ctx, "about.licence.what"), Generated: s.made(ctx)}
}

// writeActivities writes activities as IATI. Each line of money stands once, as the totals count it.
func (s *Site) writeActivities(ctx context.Context, w io.Writer, t *table) error {
	lines, err := s.moneyOf(ctx, t.list.filter())
	if err != nil {
		return err
	}
	file, err := iati.NewWriter(w, s.iatiOptions(ctx))
	if err != nil {
		return err
	}
	named, notes := map[string]bool{}, map[string][]string{}
	for row, err := range t.all() {
		if err != nil {
			return err
		}
		a := &ActivityExported{}
		if err := json.Unmarshal(row, a); err != nil {
			return err
		}
		out := s.iatiActivity(ctx, a, named)
		if err := lines.put(ctx, a, out); err != nil {
			return err
		}
		before := file.Count()
		if err := file.Write(out); err != nil {
			return err
		}
		if file.Count() > before {
			named[out.Identifier] = true
			if said := lines.written(); len(said) > 0 && len(notes) < mostNoted {
				notes[out.Identifier] = said
			}
		}
	}
	return t.closed(file, notes)
}

// closed ends a file of IATI and keeps what was left out of it.
func (t *table) closed(file *iati.Writer, notes map[string][]string) error {
	did, err := file.Close()
	if err == nil && did.Empty() {
		err = did.Nothing()
	}
	for id, all := range notes {
		did.Notes[id] = append(did.Notes[id], all...)
	}
	t.left = did
	return err
}

// iatiActivity is an activity without its money. named are the identifiers of those before it.
func (s *Site) iatiActivity(ctx context.Context, a *ActivityExported, named map[string]bool) *iati.Activity {
	out := &iati.Activity{Language: "en", LastUpdated: string(a.UpdatedAt), Identifier: a.identifier(), Reporter: ourReporter(!a.ofTheOffice()),
		Title: inEnglish(a.Title), Status: iati.StatusCode(a.Status), Themes: a.Themes}
	if named[out.Identifier] { // two records that others call the same
		out.Identifier = ourIdentifier(a.Id)
	}
	if a.Summary != "" {
		out.Descriptions = append(out.Descriptions, iati.Description{Type: "1", Text: inEnglish(a.Summary)})
	}
	if text := sourceText(a.Sources); text != "" {
		out.Descriptions = append(out.Descriptions, iati.Description{Type: "4", Text: inEnglish(text)})
	}
	for _, p := range a.Participations {
		code, _ := iati.RoleCode(p.Role)
		org := p.Actor.org()
		org.Role = code
		out.Participants = append(out.Participants, *org)
	}
	a.otherNames(out)
	a.when(out)
	a.whereTo(out)
	for _, code := range a.PurposeCodes {
		vocabulary := "1"
		if iati.Lookup("SectorCategory", code) != nil {
			vocabulary = "2"
		}
		out.Sectors = append(out.Sectors, iati.Sector{Vocabulary: vocabulary, Code: code})
	}
	page := s.lasting(ctx, recordPath(term.RecordActivity, a.Key))
	out.Documents = []iati.Document{{URL: page, Format: "text/html", Title: inEnglish(a.Title), Categories: []string{"A12"}}}
	if a.PartOf != nil {
		out.Related = []iati.Related{{Ref: a.PartOf.identifier(), Type: "1"}}
	}
	return out
}

// plainIdentifier is what IATI allows as an identifier.
var plainIdentifier = regexp.MustCompile(`^[^/&|?\s]+$`)

// identifier is what an activity is called in files of IATI: as its owner does where that is known, else as we do.
func (n *ExportedName) identifier() string {
	return cmp.Or(n.owners(), ourIdentifier(n.Id))
}

func ourIdentifier(id string) string { return ourRef + "-" + id }

// owners is the identifier that the activity's owner has given it: it begins with that of an organisation that takes part, or
// it came with the owner's file; "" where none is known.
func (n *ExportedName) owners() string {
	found, longest := "", 0
	for _, x := range n.ExternalIdentifiers {
		for _, p := range n.Participations {
			ref := p.Actor.OrganisationIdentifier
			if ref != "" && len(ref) > longest && strings.HasPrefix(x.Value, ref+"-") && plainIdentifier.MatchString(x.Value) {
				found, longest = x.Value, len(ref)
			}
		}
	}
	imported := slices.ContainsFunc(n.Sources, func(s *SourceLine) bool { return s.Kind == term.IATISource })
	if found == "" && imported && len(n.ExternalIdentifiers) > 0 && plainIdentifier.MatchString(n.ExternalIdentifiers[0].Value) {
		found = n.ExternalIdentifiers[0].Value
	}
	return found
}

// ofTheOffice says whether the office that keeps the catalogue answers for the activity.
func (n *ExportedName) ofTheOffice() bool {
	return slices.ContainsFunc(n.Participations, func(p *ExportedParty) bool {
		return p.Actor.Key == officeKey && (p.Role == term.Implementing || p.Role == term.Accountable)
	})
}

// otherNames are what else the activity is called.
func (a *ActivityExported) otherNames(out *iati.Activity) {
	if mine := ourIdentifier(a.Id); mine != out.Identifier {
		out.OtherIdentifiers = append(out.OtherIdentifiers, iati.OtherIdentifier{Ref: mine, Type: "A1"})
	}
	for _, x := range a.ExternalIdentifiers {
		if x.Value != out.Identifier {
			out.OtherIdentifiers = append(out.OtherIdentifiers, iati.OtherIdentifier{Ref: x.Value, Type: "A9"})
		}
	}
}

// when are its dates. A day of which nobody said whether it was planned or has come stands as planned, which claims less.
func (a *ActivityExported) when(out *iati.Activity) {
	add := func(kind string, on term.PartialDate, note string) {
		if on != "" {
			out.Dates = append(out.Dates, iati.Date{Type: kind, On: on, Note: inEnglish(note)})
		}
	}
	const unsaid = "Nobody said whether this is planned or actual."
	add("1", a.PlannedStartOn, "")
	if a.PlannedStartOn == "" && a.ActualStartOn == "" {
		add("1", a.StartOn, unsaid)
	}
	add("2", a.ActualStartOn, "")
	add("3", a.PlannedEndOn, "")
	if a.PlannedEndOn == "" && a.ActualEndOn == "" {
		add("3", a.EndOn, unsaid)
	}
	add("4", a.ActualEndOn, "")
}

// whereTo are the States, with their shares where those were stated, and the places.
func (a *ActivityExported) whereTo(out *iati.Activity) {
	for _, x := range a.Allocations {
		if code := iati.Alpha2(x.State.Code); code != "" {
			out.Countries = append(out.Countries, iati.Place{Code: code, Percentage: x.Percentage, Name: inEnglish(x.State.Name)})
		}
	}
	if a.Regional {
		out.Scope = "2"
	}
	for _, place := range a.Places {
		out.Locations = append(out.Locations, iati.Location{Name: inEnglish(place)})
	}
}

// sourceText names the sources, with the licence that each was given under: IATI has no place of its own for either.
func sourceText(all []*SourceLine) string {
	var out []string
	for _, x := range all {
		text := x.Title
		if x.Publisher != "" {
			text += " (" + x.Publisher + ")"
		}
		if x.Url != "" {
			text += ", " + x.Url
		}
		if x.Licence != "" {
			text += ", licence: " + x.Licence
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return ""
	}
	return "Sources: " + strings.Join(out, many) + "."
}

// org is an actor as IATI names it.
func (a *ExportedActor) org() *iati.Org {
	if a == nil {
		return nil
	}
	return &iati.Org{Ref: a.OrganisationIdentifier, Type: a.orgType(), Name: inEnglish(a.Name)}
}

// orgType is the code of OrganisationType: as stated, else as far as the kind of an actor tells it; "" where it does not.
func (a *ExportedActor) orgType() string {
	return cmp.Or(a.OrganisationType, map[term.ActorKind]string{
		term.StateAuthority: "10", term.InternationalOrganization: "40", term.RegionalOrganization: "40", term.PrivateSector: "70", term.Academic: "80",
	}[a.Kind])
}
