package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adam/ent"
	"adam/ent/intake"
	"adam/internal/access"
	"adam/internal/term"
	"adam/internal/testdb"

	"github.com/chromedp/chromedp"
)

// aFile is a small IATI file, of which one activity belongs to this field.
const aFile = `<iati-activities version="2.03"><iati-activity default-currency="USD"><iati-identifier>XX-TEST-1</iati-identifier>
	<reporting-org ref="XX-TEST" type="10"><narrative>Test Office</narrative></reporting-org>
	<title><narrative>Shelter for victims of human trafficking &lt;b&gt;</narrative></title><description><narrative>About it</narrative></description>
	<participating-org role="1" ref="XX-TEST" type="10"><narrative>Test Office</narrative></participating-org>
	<activity-status code="2"/><activity-date type="2" iso-date="2021-02-31"/><recipient-country code="TH"/></iati-activity>
	<iati-activity><iati-identifier>XX-TEST-2</iati-identifier><reporting-org ref="XX-TEST" type="10"><narrative>Test Office</narrative></reporting-org>
	<title><narrative>Roads</narrative></title><description><narrative>Asphalt</narrative></description></iati-activity></iati-activities>`

// The whole way in a browser, with scripts and without: a file is sent, looked through, written and undone. Each page is looked at for
// barriers.
func TestPageImportInABrowser(t *testing.T) {
	h, c := library(t, hostile), chromium(t)
	secret := h.generator(h.person("boss@example.org", access.Secretariat))
	go h.doors.Imports.Run(t.Context())
	for _, scripts := range []bool{false, true} {
		p := h.tab(t, c, scripts)
		p.signsIn("boss@example.org", secret)
		p.open("/cycles")
		p.press("Imports", "//nav")
		p.says("Nothing is written before you have seen what it would do.")
		path := filepath.Join(t.TempDir(), fmt.Sprintf("file-%t.xml", scripts))
		if err := os.WriteFile(path, []byte(aFile), 0o600); err != nil {
			t.Fatal(err)
		}
		p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
		p.press("Send it and see what it would do")
		h.settles(p, "Nothing is written yet.", scripts)
		p.says("Activities in the file\t2", "Not of this field\t1", "New\t1", "Belongs to this field:", "Shelter for victims of human trafficking <b>", "XX-TEST-1", "What is expected")
		if scripts {
			l := p.looker()
			l.look("import-foreseen")
		}
		p.unfold("Which activities are taken")
		p.fill("sectors", "")
		p.fill("words", "")
		p.press("Read the file again")
		p.says("Nothing could belong to the field then.", "Which activities are taken")
		p.adds("words", "human trafficking\nasphalt*")
		p.choose("need", "One of the words")
		p.press("Read the file again")
		h.settles(p, "Nothing is written yet.", scripts)
		p.says("Activities with one of 2 words.", "Not of this field\t0", "New\t2", "“asphalt” in")
		p.unfold("Which activities are taken")
		p.fill("words", "human trafficking")
		p.press("Read the file again")
		h.settles(p, "Not of this field\t1", scripts)
		p.press("Write it")
		h.settles(p, "It is written.", scripts)
		p.press("Shelter for victims of human trafficking <b>")
		p.says("Shelter for victims of human trafficking <b>", "Test Office")
		p.open("/imports")
		p.press(fmt.Sprintf("file-%t.xml", scripts))
		p.press("Undo the import")
		h.settles(p, "It was undone.", scripts)
		if scripts {
			l := p.looker()
			for _, lang := range languages {
				l.open(lang + "/imports")
				l.look("imports" + lang)
			}
		}
	}
}

// settles waits until the page of the newest import says something: its script asks by itself, without one a person does.
func (h *house) settles(p *tab, says string, scripts bool) {
	h.t.Helper()
	if scripts {
		p.waits(says)
		return
	}
	for range 100 {
		if strings.Contains(p.text(), says) {
			return
		}
		p.open("/imports/" + h.newestImport().String())
	}
	h.t.Errorf("%q does not come in %s", says, p.text())
}

func (h *house) newestImport() term.ID {
	h.t.Helper()
	id, err := h.store.Client.Intake.Query().Order(ent.Desc(intake.FieldAt), ent.Desc(intake.FieldID)).FirstID(testdb.Context(h.t))
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// Programs send a file as the body, or as a form does. Who may not write, or is not of the secretariat, leaves nothing.
func TestPageFilesAreSentByPrograms(t *testing.T) {
	h := library(t, hostile)
	office, member := h.person("boss@example.org", access.Secretariat), h.person("member@example.org", access.Member)
	write, read := h.token(office, access.ScopeRead, access.ScopeWrite), h.token(office, access.ScopeRead)
	other := h.token(member, access.ScopeRead, access.ScopeWrite)
	send := func(path, token, kind, body string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.doors.BaseURL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		r.Header.Set("Content-Type", kind)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(b)
	}
	for name, c := range map[string]struct {
		path, token, body string
		status            int
	}{
		"nobody":            {"/import/iati?file=a.xml", "", aFile, http.StatusUnauthorized},
		"a reading token":   {"/import/iati?file=a.xml", read, aFile, http.StatusForbidden},
		"a member":          {"/import/iati?file=a.xml", other, aFile, http.StatusForbidden},
		"no name":           {"/import/iati", write, aFile, http.StatusBadRequest},
		"no such format":    {"/import/pdf?file=a.pdf", write, aFile, http.StatusBadRequest},
		"nothing":           {"/import/iati?file=a.xml", write, "", http.StatusBadRequest},
		"no publisher":      {"/import/csv?file=a.csv", write, "Title", http.StatusBadRequest},
		"what columns mean": {"/import/csv?file=a.csv&publisher=iom&mapping=nonsense", write, "Title", http.StatusBadRequest},
	} {
		if status, body := send(c.path, c.token, "application/xml", c.body); status != c.status {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if n := h.store.Client.Intake.Query().CountX(testdb.Context(t)) + h.store.Client.IntakePart.Query().CountX(testdb.Context(t)); n != 0 {
		t.Errorf("%d rows are left of what was refused", n)
	}
	status, body := send("/import/iati?file=a.xml&all=1&licence=CC-BY", write, "application/xml", aFile)
	f := h.importIn(body)
	if status != http.StatusAccepted || !f.Asked.All || f.Asked.Licence != "CC-BY" || f.Bytes != int64(len(aFile)) {
		t.Errorf("%d %s; %+v", status, body, f)
	}
	form := "--x\r\nContent-Disposition: form-data; name=\"publisher\"\r\n\r\niom\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\list.csv\"\r\n\r\nTitle\nOne\n\r\n--x--\r\n"
	status, body = send("/import/csv", write, `multipart/form-data; boundary=x`, form)
	f = h.importIn(body)
	if status != http.StatusAccepted || f.File != "list.csv" || f.Kind != term.FormatCSV || f.Asked.Publisher != "iom" {
		t.Errorf("%d %s; %+v", status, body, f)
	}
	status, body = send("/import/xlsx?file=form.xlsx", write, "application/octet-stream", "a workbook")
	if f := h.importIn(body); status != http.StatusAccepted || f.Kind != term.FormatXLSX {
		t.Errorf("a workbook: %d %s", status, body)
	}
	if status, _, body := h.answered("/imports", "text/html", other); status != http.StatusForbidden || strings.Contains(body, "a.xml") {
		t.Errorf("a member is shown imports: %d", status)
	}
}

// importIn is the import that an answer names.
func (h *house) importIn(body string) *ent.Intake {
	h.t.Helper()
	var told struct{ Import string }
	if err := json.Unmarshal([]byte(body), &told); err != nil {
		h.t.Fatal(body, err)
	}
	id, err := term.ParseID(told.Import)
	if err != nil {
		h.t.Fatal(body, err)
	}
	return h.store.Client.Intake.GetX(testdb.Context(h.t), id)
}
