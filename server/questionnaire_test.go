package server

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/exchange/donorform"
	"adam/internal/people"
	"adam/internal/term"
	"adam/internal/testdb"

	"entgo.io/ent/dialect"
	"github.com/xuri/excelize/v2"
)

// reporter is signed in as somebody who reports for an organisation.
func (d *desk) reporter(email, actor string) *browser {
	d.t.Helper()
	secret, _, err := d.keeper.Invite(d.program(), people.Invitation{Email: email, Role: access.Reporter, Actor: actor})
	d.must(err)
	_, err = d.keeper.Accept(d.program(), secret, people.Acceptance{Password: goodPassword})
	d.must(err)
	return d.signedIn(email)
}

// A donor takes its form from its own page. It is for nobody else but the secretariat, and says the same to both.
func TestQuestionnaireIsForTheDonorAndTheSecretariat(t *testing.T) {
	const page, form = "/actors/australia-dfat", "/actors/australia-dfat/questionnaire.xlsx"
	d := newDesk(t, testdb.Store(t, dialect.SQLite))
	d.must(d.store.InTx(d.program(), func(ctx context.Context, tx *ent.Tx) error { // what others keep among themselves, though Australia pays
		a, err := tx.Activity.Create().SetKey("quokka").SetTitle("Quokka patrol").SetVisibility(term.Restricted).SetReporterID(term.HashID(term.KindActor, "iom")).Save(ctx)
		if err != nil {
			return err
		}
		return tx.Participation.Create().SetActivityID(a.ID).SetActorID(term.HashID(term.KindActor, "australia-dfat")).SetRole(term.Funding).Exec(ctx)
	}))
	donor, office := d.reporter("donor@example.org", "australia-dfat"), d.secretary("office@example.org")
	rows := func(b *browser) [][]string {
		t.Helper()
		w := b.get(form)
		if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Disposition"), "adam-questionnaire-australia-dfat.xlsx") || w.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %v %s", w.Code, w.Header(), problemOf(w))
		}
		f, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
		d.must(err)
		defer f.Close()
		got, err := f.GetRows(donorform.Activities)
		d.must(err)
		return got
	}
	mine, theirs := rows(donor), rows(office)
	if len(mine) < 5 || !reflect.DeepEqual(mine, theirs) {
		t.Errorf("the form has %d rows, for the secretariat %d", len(mine), len(theirs))
	}
	if w := office.get("/activities/quokka"); w.Code != 200 {
		t.Fatalf("the secretariat is not shown what is kept among few: %d", w.Code)
	}
	if strings.Contains(fmt.Sprint(mine, theirs), "Quokka") {
		t.Errorf("a form has what the donor may not see")
	}
	for name, b := range map[string]*browser{"the donor": donor, "the secretariat": office} {
		shows(t, b.get(page), 200, "Questionnaire to fill in (XLSX)")
		if w := b.get(form + "?edition=1"); w.Code != 400 {
			t.Errorf("%s, of an edition: %d", name, w.Code)
		}
		if w := b.get("/actors/nobody/questionnaire.xlsx"); w.Code != 404 {
			t.Errorf("%s, of nobody: %d", name, w.Code)
		}
	}
	for name, who := range map[string]struct {
		*browser
		code int
	}{"a visitor": {d.browser(), 303}, "a member": {d.member("member@example.org"), 403}, "another donor": {d.reporter("iom@example.org", "iom"), 403}, "a focal point": {d.signedIn("focal@example.org"), 403}} {
		if w := who.get(form); w.Code != who.code {
			t.Errorf("%s: %d %s", name, w.Code, problemOf(w))
		}
		if w := who.get(page); w.Code != 200 || strings.Contains(w.Body.String(), "questionnaire.xlsx") {
			t.Errorf("%s sees the page with %d", name, w.Code)
		}
	}
}
