package server

import (
	"bytes"
	"net/http"
	"time"

	"adam/ent"
	"adam/internal/edition"
	"adam/internal/exchange/donorform"
	"adam/internal/fault"
	"adam/server/site"
)

// questionnaires is the route of the forms in which donors put their activities right; none on a server without accounts. They
// come back as imports of spreadsheets.
func (c *Catalogue) questionnaires(s *site.Site, doors *Doors) []Route {
	if doors == nil {
		return nil
	}
	return []Route{{Pattern: "GET /actors/{key}/questionnaire.xlsx", Needs: NeedsRead, Handler: c.Reading(giveQuestionnaire(s.Now)), Raw: true, Timeout: downloadTime}}
}

// giveQuestionnaire answers with the form of an organisation.
func giveQuestionnaire(now func() time.Time) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		file, key, err := questionnaireOf(r, now())
		if err != nil {
			Answer(w, r, err)
			return
		}
		giveWorkbook(w, "adam-questionnaire-"+key, file)
	}
}

func questionnaireOf(r *http.Request, now time.Time) (file []byte, key string, err error) {
	form, err := donorform.Of(r.Context(), ent.FromContext(r.Context()), r.PathValue("key"), now)
	if number, _ := edition.From(r.Context()); err == nil && number != 0 {
		err = fault.New(fault.Invalid, "A questionnaire has what the catalogue says now. Leave edition and on out of the address.")
	}
	if err != nil {
		return nil, "", err
	}
	var b bytes.Buffer
	err = donorform.Write(&b, form)
	return b.Bytes(), form.Key, err
}
