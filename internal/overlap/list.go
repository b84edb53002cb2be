package overlap

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
)

// longestLine is the most bytes that one activity of a list may take.
const longestLine = 16 << 20

// listed is one activity of a list, as its line has it.
type listed struct {
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	Description  string   `json:"description"`
	Start        string   `json:"start"`
	End          string   `json:"end"`
	Countries    []string `json:"countries"`
	Themes       []string `json:"themes"`
	Donors       []string `json:"donors"`
	Implementers []string `json:"implementers"`
	Identifiers  []string `json:"identifiers"`
	Source       string   `json:"source"`
	Budget       []struct {
		Donor    string      `json:"donor"`
		Currency string      `json:"currency"`
		Year     int         `json:"year"`
		Amount   json.Number `json:"amount"`
	} `json:"budget"`
}

// listLine is one line of a list, and what was read from it.
type listLine struct {
	text     []byte
	long     bool
	activity Activity
	problem  string
}

// How much of a list is read at once, so that several goroutines can take it apart.
const (
	linesAtOnce = 1024
	bytesAtOnce = 4 << 20
)

// ReadList reads activities, one JSON object a line, with the fields id, title, description, start, end, countries, themes,
// donors, implementers, identifiers, source, and budget (donor, currency, year, amount). What is wrong with a line is told
// with its number, and the next line follows. Empty lines are passed over.
func ReadList(r io.Reader, name string) iter.Seq2[Activity, error] {
	return func(yield func(Activity, error) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		seen := map[string]int{}
		for before := 0; ; {
			lines, err := readLines(in)
			inParallel(len(lines), func(from, to int) {
				for i := from; i < to; i++ {
					lines[i].read()
				}
			})
			for i := range lines {
				if !lines[i].tell(before+i+1, name, seen, yield) {
					return
				}
			}
			before += len(lines)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Activity{}, fault.New(fault.Invalid, "%s cannot be read after line %d.", name, before).Because(err))
				return
			}
		}
	}
}

// readLines reads some lines. With an error come those that were whole before it; the last line of a file may lack its end.
func readLines(in *bufio.Reader) (lines []listLine, err error) {
	for size := 0; len(lines) < linesAtOnce && size < bytesAtOnce; {
		text, long, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return lines, err
		}
		lines = append(lines, listLine{text: text, long: long})
		if err != nil {
			return lines, err
		}
		size += len(text)
	}
	return lines, nil
}

func (l *listLine) empty() bool { return !l.long && len(bytes.TrimSpace(l.text)) == 0 }

func (l *listLine) read() {
	if !l.empty() {
		l.activity, l.problem = readActivity(l.text, l.long)
	}
}

// tell gives what line n of a list says, unless it is empty; it is false where nobody wants more.
func (l *listLine) tell(n int, name string, seen map[string]int, yield func(Activity, error) bool) bool {
	if l.empty() {
		return true
	}
	id, problem := l.activity.ID, l.problem
	if first := seen[id]; problem == "" && first > 0 {
		problem = fmt.Sprintf("the id %q stands in line %d too", term.Clip(id), first)
	}
	if problem != "" {
		return yield(Activity{}, fault.New(fault.Invalid, "%s, line %d: %s.", name, n, problem))
	}
	seen[id] = n
	return yield(l.activity, nil)
}

// readLine reads up to the end of a line; of one that is too long it keeps nothing.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if !long {
			line = append(line, part...)
		}
		if len(line) > longestLine {
			line, long = nil, true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

func readActivity(line []byte, long bool) (Activity, string) {
	var l listed
	if long {
		return Activity{}, fmt.Sprintf("it is longer than %d bytes", longestLine)
	}
	if err := json.Unmarshal(line, &l); err != nil {
		return Activity{}, "it is no activity as JSON: " + err.Error()
	}
	if strings.TrimSpace(l.ID) == "" {
		return Activity{}, "it has no id"
	}
	if strings.ContainsAny(l.ID, "\t\r\n") {
		return Activity{}, "its id has a tab or a line break"
	}
	a := Activity{ID: l.ID, Title: l.Title, Summary: l.Description, States: l.Countries, Themes: l.Themes, Donors: l.Donors, Implementers: l.Implementers, Identifiers: l.Identifiers, Reporter: l.Source}
	for _, d := range []struct {
		text string
		into *term.PartialDate
		name string
	}{{l.Start, &a.Start, "start"}, {l.End, &a.End, "end"}} {
		date, err := term.ParsePartialDate(d.text)
		if err != nil {
			return Activity{}, fmt.Sprintf("its %s, %q, is no date such as 2009, 2009-05 or 2009-05-17", d.name, term.Clip(d.text))
		}
		*d.into = date
	}
	for _, b := range l.Budget {
		f, err := b.Amount.Float64()
		if b.Amount == "" {
			continue
		}
		if err != nil || math.Abs(f) > 9e14 {
			return Activity{}, fmt.Sprintf("the amount %q is none that can be held", term.Clip(string(b.Amount)))
		}
		a.Money = append(a.Money, Money{Donor: b.Donor, Currency: term.Currency(b.Currency), Year: b.Year, Amount: term.Amount(math.Round(f * 10_000))})
	}
	return a, ""
}
