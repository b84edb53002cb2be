package overlap

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

//go:embed organisations.tsv
var organisationsTSV string

// organisation is who an actor is, as far as its name tells: keys are equal where two names mean one.
type organisation struct {
	id      string // the name that stands for all its aliases
	group   string // the State or institution whose money it gives
	acronym string // of the name, or the name itself where it is one; "" where there is none
}

// Directory knows organisations by their names. The shipped table is in it; With adds the catalogue's own actors.
type Directory struct {
	known map[string]organisation
	base  *Directory
}

var shippedDirectory = sync.OnceValue(func() *Directory {
	d := &Directory{known: map[string]organisation{}}
	for line := range strings.Lines(organisationsTSV) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(cells) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		d.add(cells[0], cells[1], strings.Split(cells[2], "|"))
	}
	return d
})

// NewDirectory is the shipped table of organisations.
func NewDirectory() *Directory {
	return &Directory{known: map[string]organisation{}, base: shippedDirectory()}
}

// Add tells that names mean one organisation, and, where known, the code of the State or the name of the group whose
// money it gives. Where the shipped table knows one of the names, the others join it.
func (d *Directory) Add(group string, names ...string) {
	for _, n := range names {
		if o, ok := d.lookup(nameKey(n)); ok {
			for _, other := range names {
				if _, taken := d.lookup(nameKey(other)); !taken {
					d.known[nameKey(other)] = o
				}
			}
			return
		}
	}
	if len(names) > 0 {
		if s := stateCode(group); s != "" {
			group = s
		}
		d.add(names[0], group, names)
	}
}

func (d *Directory) add(name, group string, aliases []string) {
	if group == "" {
		group = name
	}
	o := organisation{id: nameKey(name), group: group}
	for _, a := range append([]string{name}, aliases...) {
		if key := nameKey(a); key != "" {
			if _, taken := d.known[key]; !taken {
				d.known[key] = o
			}
		}
	}
}

func (d *Directory) lookup(key string) (organisation, bool) {
	for ; d != nil; d = d.base {
		if o, ok := d.known[key]; ok {
			return o, true
		}
	}
	return organisation{}, false
}

var (
	bracketed = regexp.MustCompile(`\(([^)]*)\)`)
	seatOf    = regexp.MustCompile(`^(?:(?:royal )?(?:embassy|government|govt|mission|permanent mission|high commission|delegation|kingdom|republic|mfa|ministry foreign affairs|ministry foreign affair|ambassade|gouvernement|embajada|gobierno|embaixada|governo|kedutaan besar|pemerintah|posolstvo|посольство|правительство|รัฐบาล|สถานทูต)) (.+)$`)
	seatAfter = regexp.MustCompile(`^(.+) (?:embassy|government|govt|mfa|ministry foreign affairs|high commission)$`)
)

// Find reads a name: an alias of the table, "Embassy of Japan", "Denmark/DANIDA", "Name (ACRONYM)"; else the name itself.
func (d *Directory) Find(name string) organisation {
	key := nameKey(name)
	if o, ok := d.known1(key); ok {
		return o
	}
	if m := bracketed.FindStringSubmatch(name); m != nil {
		for _, part := range []string{bracketed.ReplaceAllString(name, " "), m[1]} {
			if o, ok := d.known1(nameKey(part)); ok {
				return o
			}
		}
		if acronymLike(m[1]) {
			return organisation{id: nameKey(bracketed.ReplaceAllString(name, " ")), group: key, acronym: nameKey(m[1])}
		}
	}
	for _, sep := range []string{"/", " - ", ";", ","} {
		parts := strings.Split(name, sep)
		for i := len(parts) - 1; i >= 0 && len(parts) > 1; i-- {
			o, ok := d.known1(nameKey(parts[i]))
			switch {
			case ok && i == 0 && o.id == nameKey(o.group): // an office of a State: "United States, Department of Labor"
				return organisation{id: key, group: o.group}
			case ok:
				return o
			}
		}
	}
	return organisation{id: key, group: key, acronym: acronym(name)}
}

// known1 looks a key up, and the State that a seat or government in it names.
func (d *Directory) known1(key string) (organisation, bool) {
	if key == "" {
		return organisation{}, false
	}
	if o, ok := d.lookup(key); ok {
		return o, true
	}
	for _, shape := range []*regexp.Regexp{seatOf, seatAfter} {
		if m := shape.FindStringSubmatch(key); m != nil {
			if o, ok := d.lookup(m[1]); ok {
				return o, true
			}
			if s := stateCode(m[1]); s != "" {
				return organisation{id: s, group: s}, true
			}
		}
	}
	if s := stateCode(key); s != "" && len(key) > 3 {
		return organisation{id: s, group: s}, true
	}
	return organisation{}, false
}

// nameKey folds a name: case, accents, punctuation, "the" and "of" do not matter.
func nameKey(name string) string {
	words := split(fold(clip(name, 300)))
	kept := words[:0]
	for _, w := range words {
		switch w {
		case "the", "of", "for", "on", "and", "de", "la", "le", "les", "des", "du", "del", "d", "l", "el", "los", "las", "da", "do", "y", "et", "amp", "inc", "ltd", "llc", "gmbh":
			continue
		case "organisation":
			w = "organization"
		case "centre":
			w = "center"
		case "programme":
			w = "program"
		case "labor":
			w = "labour"
		case "co":
			continue
		case "operation":
			w = "cooperation"
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}

func acronymLike(s string) bool {
	s = strings.TrimSpace(s)
	n := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			n++
		case unicode.IsSpace(r):
			return false
		}
	}
	return n >= 3 && len(s) <= 12
}

// acronym is the first letters of a name of three or more words, or the name where it is an acronym.
func acronym(name string) string {
	if acronymLike(name) {
		return nameKey(name)
	}
	var b strings.Builder
	for _, w := range strings.Fields(nameKey(name)) {
		for _, r := range w {
			b.WriteRune(r)
			break
		}
	}
	if a := b.String(); len(a) >= 3 {
		return a
	}
	return ""
}

// code32 is a text as a number, for compact records: FNV-1a. That two texts of one catalogue share a number is too rare to
// matter.
func code32(s string) int32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return int32(h)
}
