package audit

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"adam/internal/term"
)

// origin stands where the hash before the first entry would be.
var origin = strings.Repeat("0", 2*sha256.Size)

// link is an entry as it is stored, each field as text: whatever somebody put into a column can be read and hashed, also
// where it is no number, which SQLite would take.
type link struct {
	ID         term.ID `sql:"id"`
	Seq        string  `sql:"seq"`
	At         string  `sql:"at"`
	Kind       string  `sql:"kind"`
	Person     string  `sql:"person"`
	Subject    string  `sql:"subject"`
	Summary    string  `sql:"summary"`
	DetailHash string  `sql:"detail_hash"`
	Previous   string  `sql:"previous"`
	Hash       string  `sql:"hash"`
}

// detail is the personal part of an entry as it is stored.
type detail struct {
	EntryID term.ID `sql:"entry_id"`
	Person  string  `sql:"person"`
	Salt    string  `sql:"salt"`
	Text    string  `sql:"text"`
}

// sum is the hash that the entry must have: SHA-256 over its fields, each after its length in bytes, so that no two
// entries are written alike.
func (l link) sum() string {
	h := sha256.New()
	for _, f := range []string{l.Seq, l.At, l.Kind, l.Person, l.Subject, l.Summary, l.DetailHash, l.Previous} {
		fmt.Fprintf(h, "%d:%s,", len(f), f)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// detailHash is what the chain holds of a detail. Without the salt, which goes with the detail, nobody can find out by
// trying which address it was.
func detailHash(salt, text string) string {
	sum := sha256.Sum256([]byte(salt + "\n" + text))
	return hex.EncodeToString(sum[:])
}

func newSalt() string {
	var b [16]byte
	// crypto/rand.Read never fails on the platforms Go supports; it ends the program instead.
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// broken says in a sentence why an entry cannot be the one of a number that follows the hash before, with the details
// that hang on it; nothing where it is.
func (l link) broken(seq int64, previous string, details []detail) string {
	switch {
	case l.Seq != strconv.FormatInt(seq, 10):
		return fmt.Sprintf("Entry %d of the log is missing; entry %s stands in its place.", seq, term.Clip(l.Seq))
	case l.Previous != previous && seq == 1:
		return "Entry 1 of the log is not the first that was written: it follows another."
	case l.Previous != previous:
		return fmt.Sprintf("Entry %d of the log does not follow entry %d: one of the two was changed.", seq, seq-1)
	case l.Hash != l.sum():
		return fmt.Sprintf("Entry %d of the log was changed after it was written.", seq)
	}
	for _, d := range details {
		if l.DetailHash == "" {
			return fmt.Sprintf("Entry %d of the log was written without a detail and has one.", seq)
		}
		if detailHash(d.Salt, d.Text) != l.DetailHash {
			return fmt.Sprintf("The detail of entry %d of the log was changed after it was written.", seq)
		}
		if d.Person != l.about() {
			return fmt.Sprintf("The detail of entry %d of the log was given to another person than it is about.", seq)
		}
	}
	return ""
}

// about says whose data the detail is. Only an entry whose hash is right can be asked.
func (l link) about() string {
	if id, err := strconv.ParseInt(l.Subject, 10, 64); err == nil && term.ID(id).Kind() == term.KindPerson {
		return l.Subject
	}
	return l.Person
}
