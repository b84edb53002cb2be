package server

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/fault"
	"adam/server/say"
	"adam/server/site"
)

// errNoData is for addresses of no file of an edition.
var errNoData = fault.New(fault.NotFound, "There is no such file here. An edition is at /data/edition-N.sqlite, such as /data/edition-1.sqlite, and at the same address "+
	"ending in .csv.zip, .xlsx.zip, .iati.xml, .json and .jsonl.")

// forADay is how long a file of an edition may be kept: it never changes, but the edition may be withdrawn.
const forADay = "public, max-age=86400"

// Data gives editions as files: /data/edition-N.sqlite and the like. What they hold is what everybody may read, whoever asks.
func (c *Catalogue) Data(s *site.Site) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		number, suffix, err := wantedFile(r.URL.Path)
		i := slices.IndexFunc(site.EditionFiles, func(f site.EditionFile) bool { return f.Suffix == suffix })
		switch {
		case err != nil:
		case suffix == "sqlite":
			err = c.download(w, r, number)
		case suffix == "csv" || suffix == "xlsx": // an edition has several lists: each is a file in a zip
			w.Header().Set("Location", fmt.Sprintf("edition-%d.%s.zip", number, suffix))
			w.WriteHeader(http.StatusMovedPermanently)
		case i < 0:
			err = errNoData
		default:
			err = c.written(w, r, s, number, site.EditionFiles[i])
		}
		if err != nil {
			Answer(w, r, err)
		}
	})
}

// wantedFile reads the address of a file of an edition.
func wantedFile(path string) (number int, suffix string, err error) {
	name, isFile := strings.CutPrefix(path, "/data/edition-")
	digits, suffix, _ := strings.Cut(name, ".")
	number, err = strconv.Atoi(digits)
	if !isFile || err != nil || digits != strconv.Itoa(number) {
		return 0, "", errNoData
	}
	return number, suffix, nil
}

// describeData says what a file of an edition is.
func describeData(h http.Header, number int, suffix, kind string) {
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="adam-edition-%d.%s"`, number, suffix))
	h.Set("Cache-Control", forADay)
}

// download gives the public edition as the SQLite file that it is. The members' edition is never served.
func (c *Catalogue) download(w http.ResponseWriter, r *http.Request, number int) error {
	path, err := c.Shelf.PublicFile(number)
	if err != nil {
		return err
	}
	describeData(w.Header(), number, "sqlite", "application/vnd.sqlite3")
	http.ServeFile(w, r, path)
	return nil
}

// written writes the public edition in another form, while it is read.
func (c *Catalogue) written(w http.ResponseWriter, r *http.Request, s *site.Site, number int, f site.EditionFile) error {
	public := access.Anonymous()
	ctx, done, err := c.Shelf.Serve(access.With(r.Context(), public), public, edition.Wanted{Number: number})
	if err != nil {
		return err
	}
	defer done()
	h := w.Header()
	tag := fmt.Sprintf(`"edition-%d.%s-%s-%x"`, number, f.Suffix, say.In(ctx).Code, c.Built.Unix())
	describeData(h, number, f.Suffix, f.Kind)
	h.Set("ETag", tag)
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Disposition")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if r.Method == http.MethodHead {
		return nil
	}
	select { // a whole edition takes minutes of a processor, and anybody may ask for it
	case writers <- struct{}{}:
		defer func() { <-writers }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return site.Stream(w, func(to io.Writer) error { return s.Edition(ctx, to, f) })
}

// writers bounds how many files of whole editions are written at once; who comes later waits.
var writers = make(chan struct{}, 2)
