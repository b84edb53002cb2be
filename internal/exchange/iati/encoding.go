package iati

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"adam/internal/fault"
	"adam/internal/term"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

var declared = regexp.MustCompile(`^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']`)

// source gives a file as UTF-8, byte by byte, and stops where one token or one activity becomes too large: a decoder
// would otherwise gather a text of 300 MB before anybody could look at it.
type source struct {
	from            io.Reader // UTF-8
	counted         *counter
	buf             []byte
	at, end         int
	err             error
	token, activity int // bytes since they began
	inActivity      bool
	limits          *Options
	name            string // of the encoding
	warnings        []string
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

var errTokenSize, errActivitySize = errors.New("a token is too large"), errors.New("an activity is too large")

const peeked = 4096

// open finds out in which encoding a file is written. A byte order mark is believed before a declaration.
func open(r io.Reader, o *Options) (*source, error) {
	s := &source{counted: &counter{r: r}, buf: make([]byte, 64<<10), limits: o, name: "UTF-8"}
	head := make([]byte, peeked)
	n, err := io.ReadFull(s.counted, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "The file could not be read to its end. Send it again.").Because(err)
	}
	head = head[:n]
	enc, err := s.decide(head)
	if err != nil {
		return nil, err
	}
	s.from = io.MultiReader(bytes.NewReader(head), s.counted)
	if enc != nil {
		s.from = enc.NewDecoder().Reader(s.from)
	}
	return s, nil
}

// decide names the encoding; nil is UTF-8.
func (s *source) decide(head []byte) (encoding.Encoding, error) {
	utf16 := func(e unicode.Endianness, name string) (encoding.Encoding, error) {
		s.name = name
		return unicode.UTF16(e, unicode.UseBOM), nil
	}
	bare := func(e unicode.Endianness, name string) (encoding.Encoding, error) {
		s.name = name
		s.warn("The file is written in UTF-16 without a byte order mark. It was read, but not every program can.")
		return unicode.UTF16(e, unicode.IgnoreBOM), nil
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")), bytes.HasPrefix(head, []byte("<\x00\x00\x00")):
		return nil, fault.New(fault.Invalid, "The file is written in UTF-32, which is not read here. Save it as UTF-8.")
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16(unicode.LittleEndian, "UTF-16LE")
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16(unicode.BigEndian, "UTF-16BE")
	case bytes.HasPrefix(head, []byte("<\x00")):
		return bare(unicode.LittleEndian, "UTF-16LE")
	case bytes.HasPrefix(head, []byte("\x00<")):
		return bare(unicode.BigEndian, "UTF-16BE")
	}
	marked := bytes.HasPrefix(head, []byte("\xef\xbb\xbf"))
	m := declared.FindSubmatch(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if m == nil {
		return markOff(marked), nil
	}
	return s.named(string(m[1]), head, marked)
}

// markOff takes the byte order mark of UTF-8 away, which encoding/xml would read as text before the first element.
func markOff(marked bool) encoding.Encoding {
	if marked {
		return unicode.UTF8BOM
	}
	return nil
}

// named is the encoding that a file declares in its first line.
func (s *source) named(name string, head []byte, marked bool) (encoding.Encoding, error) {
	lower := strings.ToLower(strings.TrimSpace(name))
	switch {
	case lower == "utf-8" || lower == "utf8" || lower == "us-ascii":
		return markOff(marked), nil
	case marked || strings.HasPrefix(lower, "utf-16") || strings.HasPrefix(lower, "utf16") || strings.HasPrefix(lower, "iso-10646"):
		s.warn("The first line says that the file is written in “" + term.Clip(name) + "”, but it is written in UTF-8. It was read as UTF-8.")
		return markOff(marked), nil
	}
	enc, err := htmlindex.Get(lower)
	canonical := ""
	if err == nil {
		canonical, err = htmlindex.Name(enc)
	}
	if err != nil || canonical == "replacement" || canonical == "x-user-defined" {
		return nil, fault.New(fault.Invalid, "The first line says that the file is written in “%s”, which is not known here. Save it as UTF-8.", term.Clip(name))
	}
	s.name = canonical
	if manyBytes(head) {
		s.warn("The first line says that the file is written in “" + term.Clip(name) + "”, but its letters look like UTF-8. It was read as it says; look at letters with accents.")
	}
	return enc, nil
}

// manyBytes says whether there are letters of several bytes, all of them sound UTF-8: hardly ever so by chance.
func manyBytes(head []byte) bool {
	found := false
	for len(head) > utf8.UTFMax {
		r, n := utf8.DecodeRune(head)
		if r == utf8.RuneError && n == 1 {
			return false
		}
		found = found || n > 1
		head = head[n:]
	}
	return found
}

func (s *source) warn(sentence string) { s.warnings = append(s.warnings, sentence) }

// ReadByte gives the next byte; encoding/xml reads through it without a buffer of its own.
func (s *source) ReadByte() (byte, error) {
	if s.at == s.end {
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
	if s.token++; s.token > s.limits.MostText {
		return 0, errTokenSize
	}
	if s.activity++; s.inActivity && s.activity > s.limits.MostActivity {
		return 0, errActivitySize
	}
	b := s.buf[s.at]
	s.at++
	return b, nil
}

func (s *source) fill() error {
	for s.at == s.end {
		if s.err != nil {
			return s.err
		}
		s.at = 0
		s.end, s.err = s.from.Read(s.buf)
	}
	return nil
}

// Read is there because encoding/xml asks for a reader; it reads by ReadByte.
func (s *source) Read(p []byte) (int, error) {
	for i := range p {
		b, err := s.ReadByte()
		if err != nil {
			return i, err
		}
		p[i] = b
	}
	return len(p), nil
}
