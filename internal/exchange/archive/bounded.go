package archive

import (
	"errors"
	"io"
)

// ErrToken is the error of a Bounded reader whose bound is reached.
var ErrToken = errors.New("one piece of the file is larger than is allowed")

// Bounded gives bytes one by one and stops where more than a number of them come without a call of Next: a decoder of XML
// that reads through it gathers no text of 300 MB before anybody could look at it.
type Bounded struct {
	from       io.Reader
	most, used int
	buf        []byte
	at, end    int
	err        error
}

// NewBounded bounds a reader to most bytes between two calls of Next.
func NewBounded(from io.Reader, most int) *Bounded {
	return &Bounded{from: from, most: most, buf: make([]byte, 32<<10)}
}

// Next begins a new piece.
func (b *Bounded) Next() { b.used = 0 }

// ReadByte gives the next byte. encoding/xml reads through it without a buffer of its own.
func (b *Bounded) ReadByte() (byte, error) {
	for b.at == b.end {
		if b.err != nil {
			return 0, b.err
		}
		b.at = 0
		b.end, b.err = b.from.Read(b.buf)
	}
	if b.used++; b.used > b.most {
		return 0, ErrToken
	}
	c := b.buf[b.at]
	b.at++
	return c, nil
}

// Read is there because encoding/xml asks for a reader; it reads by ReadByte.
func (b *Bounded) Read(p []byte) (int, error) {
	for i := range p {
		c, err := b.ReadByte()
		if err != nil {
			return i, err
		}
		p[i] = c
	}
	return len(p), nil
}
