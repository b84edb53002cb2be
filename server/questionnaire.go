package server

import (
	"bytes"
	"net/http"
	"time"

	"adam/ent"
	"adam/internal/edition"
	"adam/internal/exchange/donorform"
	"adam/internal/fault"
)

// questionnaires is the route of the forms in which donors put their activities right; none on a server without accounts. They
// come back as imports of spreadsheets.
func (c *Catalogue) questionnaires(doors *Doors) []Route {
	if doors == nil {
		return nil
	}
	return []Route{{Pattern: "GET /actors/{key}/questionnaire.xlsx", Needs: NeedsRead, Handler: c.Reading(http.HandlerFunc(giveQuestionnaire)), Raw: true}}
}

// giveQuestionnaire answers with the form of an organisation.
func giveQuestionnaire(w http.ResponseWriter, r *http.Request) {
	form, err := donorform.Of(r.Context(), ent.FromContext(r.Context()), r.PathValue("key"), time.Now())
	if number, _ := edition.From(r.Context()); err == nil && number != 0 {
		err = fault.New(fault.Invalid, "A questionnaire has what the catalogue says now. Leave edition and on out of the address.")
	}
	if err != nil {
		Answer(w, r, err)
		return
	}
	var file bytes.Buffer
	if err := donorform.Write(&file, form); err != nil {
		Answer(w, r, err)
		return
	}
	giveWorkbook(w, "adam-questionnaire-"+form.Key, file.Bytes())
}
