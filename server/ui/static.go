package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
)

// Style is the style sheet. It stands in every page, so that a page is one request.
//
//go:embed style.css
var Style string

// The scripts. Htmx is vendored as it was published (see vendored/vendored.json); the others are ours.
var (
	//go:embed htmx.min.js
	htmx []byte
	//go:embed keys.js
	keys []byte
	//go:embed passkey.js
	passkey []byte
	//go:embed icon.svg
	icon []byte

	Htmx    = fileOf("htmx.js", "text/javascript; charset=utf-8", htmx)
	Keys    = fileOf("keys.js", "text/javascript; charset=utf-8", keys)
	Passkey = fileOf("passkey.js", "text/javascript; charset=utf-8", passkey)
	Icon    = fileOf("icon.svg", "image/svg+xml", icon)
)

// File is a fixed file of the pages. Its address names its content, so that it is kept for good where it was read.
type File struct {
	Path      string // where it is served
	Integrity string // as the attribute of that name has it

	Kind          string // of content
	Plain, Zipped []byte
}

func fileOf(name, kind string, content []byte) *File {
	sum := sha512.Sum384(content)
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is a constant that gzip knows
	_, _ = z.Write(content)                               // a buffer takes all
	_ = z.Close()
	return &File{"/static/" + hex.EncodeToString(sum[:8]) + "/" + name, "sha384-" + base64.StdEncoding.EncodeToString(sum[:]), kind, content, b.Bytes()}
}

// Files are all that pages of any server need, to be mounted. Passkey is mounted where people sign in.
func Files() []*File { return []*File{Htmx, Keys, Icon} }
