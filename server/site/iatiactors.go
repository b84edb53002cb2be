package site

import (
	"cmp"
	"context"
	"encoding/json"
	"io"

	"adam/internal/exchange/iati"
	"adam/internal/term"
)

// writeActors writes actors as a file of organisations of IATI. What such a file is for, the budgets of an organisation, is not
// held here: money stands with activities.
func (s *Site) writeActors(ctx context.Context, w io.Writer, t *table) error {
	file, err := iati.NewOrganisationWriter(w, s.iatiOptions(ctx))
	if err != nil {
		return err
	}
	for row, err := range t.all() {
		if err != nil {
			return err
		}
		a := &ActorExported{}
		if err := json.Unmarshal(row, a); err != nil {
			return err
		}
		page := s.lasting(ctx, recordPath(term.RecordActor, a.Key))
		err := file.WriteOrganisation(&iati.Organisation{Identifier: cmp.Or(a.OrganisationIdentifier, ourIdentifier(a.Id)), Language: "en", LastUpdated: string(a.UpdatedAt),
			Name: inEnglish(a.Name), Reporter: ourReporter(a.Key != officeKey),
			Documents: []iati.Document{{URL: page, Format: "text/html", Title: inEnglish(a.Name), Description: inEnglish(sourceText(a.Sources)), Categories: []string{"B16"}}}})
		if err != nil {
			return err
		}
	}
	return t.closed(file, nil)
}
