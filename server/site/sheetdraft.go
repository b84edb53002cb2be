package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"
	"time"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/server/say"
)

// sheetDraft is what files said, while whoever sent them looks at it: the form of the preview carries it, so that no server
// keeps anything and any server can go on. It is signed, and of one person.
type sheetDraft struct {
	Cycle  string
	Person string
	Until  time.Time
	Sheets []any
}

// draftAge is how long a preview can be written.
const draftAge = 24 * time.Hour

// pack makes a draft of what files say; "" where they say nothing.
func (s *Site) pack(ctx context.Context, q *QueueReview, r *SheetReport) (string, error) {
	sheets := r.sheets(q)
	if len(sheets) == 0 {
		return "", nil
	}
	plain, err := json.Marshal(sheetDraft{r.Cycle, access.From(ctx).Person.String(), s.Now().Add(draftAge), sheets})
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(plain); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	mark, err := s.draftMark(ctx, b.Bytes())
	return base64.RawURLEncoding.EncodeToString(append(mark, b.Bytes()...)), err
}

// draftMark is the signature of a draft.
func (s *Site) draftMark(ctx context.Context, draft []byte) ([]byte, error) {
	seal, err := s.Seal(ctx, SheetPurpose+" draft")
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, seal)
	h.Write(draft)
	return h.Sum(nil), nil
}

// unpack reads a draft that a form has carried. One that was changed, is too old or of somebody else is INVALID.
func (s *Site) unpack(ctx context.Context, cycle, text string) (*sheetDraft, error) {
	stale := fault.New(fault.Invalid, "%s", say.T(ctx, "sheet.stale")).At("input.draft")
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(b) <= sha256.Size {
		return nil, stale
	}
	mark, err := s.draftMark(ctx, b[sha256.Size:])
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(mark, b[:sha256.Size]) {
		return nil, stale
	}
	z, err := gzip.NewReader(bytes.NewReader(b[sha256.Size:]))
	if err != nil {
		return nil, stale.Because(err)
	}
	plain, err := io.ReadAll(io.LimitReader(z, SheetRoom))
	if err != nil {
		return nil, stale.Because(err)
	}
	var d sheetDraft
	if err := json.Unmarshal(plain, &d); err != nil || d.Cycle != cycle || d.Person != access.From(ctx).Person.String() || s.Now().After(d.Until) {
		return nil, stale
	}
	return &d, nil
}
