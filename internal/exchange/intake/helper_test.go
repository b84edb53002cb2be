package intake

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/store"
	"adam/internal/term"
	"adam/internal/testdb"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world puts some States into a store, of which two have chapters, and an organisation with an acronym.
func world(t testing.TB, st *store.Store) {
	t.Helper()
	must(t, st.InTx(testdb.Context(t), func(ctx context.Context, tx *ent.Tx) error {
		for i, code := range []string{"THA", "LAO", "AUS"} {
			id := term.HashID(term.KindState, code)
			if err := tx.State.Create().SetID(id).SetKey(strings.ToLower(code)).SetName(code).SetCode(code).SetAlpha2(code[:2]).SetM49("000").SetVisibility(term.Public).Exec(ctx); err != nil {
				return err
			}
			if i < 2 {
				if err := tx.Chapter.Create().SetCode(code).SetTitle(code).SetTimeZone("Asia/Bangkok").SetStateID(id).Exec(ctx); err != nil {
					return err
				}
			}
		}
		if err := tx.Chapter.Create().SetCode("REGIONAL").SetTitle("The region").SetTimeZone("Asia/Bangkok").Exec(ctx); err != nil {
			return err
		}
		return tx.Actor.Create().SetKey("iom").SetName("International Organization for Migration").SetAcronym("IOM").SetKind(term.InternationalOrganization).SetVisibility(term.Public).Exec(ctx)
	}))
}

// file is an IATI file of activities.
func file(activities ...string) string {
	return `<iati-activities version="2.03" xmlns:adam="https://adam.example" licence="CC-BY">` + strings.Join(activities, "\n") + `</iati-activities>`
}

// reported is an activity of a publisher, with more elements.
func reported(publisher, identifier, title, more string) string {
	return fmt.Sprintf(`<iati-activity default-currency="USD"><iati-identifier>%s</iati-identifier>
		<reporting-org ref=%q type="10"><narrative>Publisher %s</narrative></reporting-org>
		<title><narrative xml:lang="en">%s</narrative></title><description type="1"><narrative>About it</narrative></description>%s</iati-activity>`, identifier, publisher, publisher, title, more)
}

// whole is one of everything that the catalogue holds.
const whole = `<participating-org role="1" ref="AU-5" type="10"><narrative>Australia</narrative></participating-org>
	<participating-org role="4" type="40"><narrative>International Organisation for Migration (IOM)</narrative></participating-org>
	<participating-org role="4" type="22"><narrative>Village Help</narrative></participating-org>
	<other-identifier ref="OTHER-1" type="A1"/><activity-status code="2"/>
	<activity-date type="1" iso-date="2019-01-01"/><activity-date type="2" iso-date="2019-02-03"/><activity-date type="3" iso-date="2021-12-31"/>
	<contact-info><email>somebody@example.org</email></contact-info>
	<recipient-country code="TH" percentage="60"/><recipient-country code="LA" percentage="30"/><recipient-country code="FR" percentage="10"/>
	<sector vocabulary="1" code="15190"/>
	<budget type="1" status="2"><period-start iso-date="2019-01-01"/><period-end iso-date="2019-06-30"/><value value-date="2019-01-01">100</value></budget>
	<budget type="1" status="2"><period-start iso-date="2019-07-01"/><period-end iso-date="2019-12-31"/><value value-date="2019-07-01">50</value></budget>
	<budget type="2" status="2"><period-start iso-date="2019-07-01"/><period-end iso-date="2019-12-31"/><value value-date="2019-07-01">70.5</value></budget>
	<transaction><transaction-type code="2"/><transaction-date iso-date="2019-02-03"/><value currency="AUD" value-date="2019-02-03">1000.25</value></transaction>
	<transaction><transaction-type code="3"/><transaction-date iso-date="2019-03-03"/><value value-date="2019-03-03">400</value><receiver-org><narrative>Village Help</narrative></receiver-org><recipient-country code="TH"/></transaction>
	<transaction><transaction-type code="5"/><transaction-date iso-date="2019-03-03"/><value value-date="2019-03-03">1</value></transaction>
	<document-link url="https://example.org/report.pdf" format="application/pdf"><title><narrative>Report</narrative></title><category code="A01"/></document-link>`

func applied(t testing.TB, st *store.Store, name, content string) *Report {
	t.Helper()
	rep, err := apply(t, st, name, content)
	must(t, err)
	return rep
}

func apply(t testing.TB, st *store.Store, name, content string) (rep *Report, err error) {
	t.Helper()
	err = st.InTx(operator(t), func(ctx context.Context, tx *ent.Tx) error {
		rep, err = Apply(ctx, tx, IATI(strings.NewReader(content)), Options{Name: name, Now: noon})
		return err
	})
	return rep, err
}

func planned(t testing.TB, st *store.Store, name, content string) *Report {
	t.Helper()
	rep, err := Plan(operator(t), st.Client, IATI(strings.NewReader(content)), Options{Name: name, Now: noon})
	must(t, err)
	return rep
}

func undone(t testing.TB, st *store.Store, id term.ID) (u *Undone) {
	t.Helper()
	must(t, st.InTx(operator(t), func(ctx context.Context, tx *ent.Tx) (err error) {
		u, err = Undo(ctx, tx, id, noon)
		return err
	}))
	return u
}

func operator(t testing.TB) context.Context {
	return access.With(t.Context(), access.Operator("Test"))
}

// rows is every row of the database.
func rows(t testing.TB, st *store.Store) string {
	t.Helper()
	var all bytes.Buffer
	must(t, edition.Canonical(testdb.Context(t), st, &all))
	return all.String()
}

// named finds an activity by its identifier.
func named(t testing.TB, st *store.Store, identifier string) *ent.Activity {
	t.Helper()
	a, err := st.Client.Activity.Get(testdb.Context(t), recordID(identifier))
	must(t, err)
	return a
}
