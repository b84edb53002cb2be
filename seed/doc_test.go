package seed

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// table gives the rows of the first table under a heading of docs/data.md, without the heading of the table.
func table(t *testing.T, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile("../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut("\n"+string(text), "\n"+heading+"\n")
	if !found {
		t.Fatalf("docs/data.md has no section %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var rows [][]string
	for line := range strings.Lines(section) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(strings.TrimSpace(cells[i]), "`")
		}
		rows = append(rows, cells)
	}
	if len(rows) < 3 {
		t.Fatalf("section %q of docs/data.md has no table", heading)
	}
	return rows[2:]
}

// presence notes, path by path, how a file writes that it has no value.
type presence struct {
	owners, there map[string]int
	null, empty   map[string]bool
}

func (p *presence) walk(path string, v any) {
	p.owners[path]++
	switch v := v.(type) {
	case map[string]any:
		for name, item := range v {
			p.there[join(path, name)]++
			p.walk(join(path, name), item)
		}
	case []any:
		p.empty[path] = p.empty[path] || len(v) == 0
		for _, item := range v {
			p.walk(path+"[]", item)
		}
	default:
		p.null[path] = p.null[path] || v == nil
	}
}

// ifNone gives the ways in which a path has no value: null, absent, empty list; "" where it always has one.
func (p *presence) ifNone(path string) string {
	var ways []string
	if p.there[path] < p.owners[path[:max(strings.LastIndexByte(path, '.'), 0)]] {
		ways = append(ways, "absent")
	}
	if p.empty[path] {
		ways = append(ways, "empty list")
	}
	if p.null[path] {
		ways = append(ways, "null")
	}
	return strings.Join(ways, ", ")
}

func presenceIn(t *testing.T, file string) *presence {
	t.Helper()
	data, err := fs.ReadFile(Shipped(), locate(file))
	if err != nil {
		t.Fatal(err)
	}
	records, problem := parse(file, data)
	if problem != nil {
		t.Fatal(problem)
	}
	p := &presence{map[string]int{}, map[string]int{}, map[string]bool{}, map[string]bool{}}
	for _, r := range records {
		p.walk("", r)
	}
	return p
}

// The accounting: every leaf path of the six files stands in docs/data.md with its number and a place to go, and
// nothing else does.
func TestEveryLeafPathHasAPlaceToGo(t *testing.T) {
	counted := map[string]map[string]int{}
	for _, c := range Count(leaves(t)) {
		if counted[c.File] == nil {
			counted[c.File] = map[string]int{}
		}
		counted[c.File][c.Path] = c.Leaves
	}
	total := 0
	for _, file := range CatalogueFiles() {
		none := presenceIn(t, file)
		paths, n := 0, 0
		for _, row := range table(t, "## "+file) {
			path := row[0]
			want, known := counted[file][path]
			if !known {
				t.Errorf("docs/data.md names %s %s, which no record has (or names it twice)", file, path)
				continue
			}
			delete(counted[file], path)
			paths, n = paths+1, n+want
			checkRow(t, file, row, want, none.ifNone(strings.TrimSuffix(path, "[]")))
		}
		for _, path := range sortedKeys(counted[file]) {
			t.Errorf("docs/data.md does not name %s %s (%d leaves)", file, path, counted[file][path])
		}
		t.Logf("%-16s %3d paths %6d leaves", file, paths, n)
		total += n
	}
	t.Logf("%-16s %9s %6d leaves", "all", "", total)
}

// checkRow compares a row of docs/data.md (path, leaves, if none, goes to, rule) with what was counted.
func checkRow(t *testing.T, file string, row []string, leaves int, ifNone string) {
	t.Helper()
	path := row[0]
	if row[1] != strconv.Itoa(leaves) {
		t.Errorf("docs/data.md counts %s leaves of %s %s; there are %d", row[1], file, path, leaves)
	}
	if ifNone == "" {
		ifNone = "—"
	}
	if row[2] != ifNone {
		t.Errorf("docs/data.md says %q where %s %s has no value; the file says %q", row[2], file, path, ifNone)
	}
	if strings.Contains(ifNone, ",") {
		t.Errorf("%s says in two ways (%s) that %s has no value: it could not be written back", file, ifNone, path)
	}
	if row[3] == "" || row[4] == "" {
		t.Errorf("docs/data.md does not say where %s %s goes, and how", file, path)
	}
}

func TestTheTotalsOfTheDocumentAreRight(t *testing.T) {
	f := shippedFiles(t)
	records := map[string]int{StatesFile: len(f.States), LawsFile: len(f.Laws), PoliciesFile: len(f.Policies),
		MechanismsFile: len(f.Mechanisms), ActorsFile: len(f.Actors), ActivitiesFile: len(f.Activities)}
	perFile := map[string]int{}
	for _, l := range leaves(t) {
		perFile[l.File]++
		perFile["all"]++
	}
	records["all"] = len(f.States) + len(f.Laws) + len(f.Policies) + len(f.Mechanisms) + len(f.Actors) + len(f.Activities)
	rows := table(t, "# Where every value of the shipped data goes")
	if len(rows) != len(records) {
		t.Errorf("the first table of docs/data.md has %d rows; expected %d", len(rows), len(records))
	}
	for _, row := range rows {
		if row[1] != strconv.Itoa(records[row[0]]) || row[2] != strconv.Itoa(perFile[row[0]]) {
			t.Errorf("docs/data.md says %v; there are %d records and %d leaves", row, records[row[0]], perFile[row[0]])
		}
	}
}

func TestTheDocumentListsEveryWordForAThemeOrTopic(t *testing.T) {
	var want [][]string
	for _, file := range CatalogueFiles() {
		for _, s := range subjects[file] {
			n := 0
			for _, l := range leaves(t) {
				if l.File == file && l.Path == "themes[]" && l.Value == strconv.Quote(s.word) {
					n++
				}
			}
			code := "topic " + string(s.topic)
			if s.theme != "" {
				code = "theme " + string(s.theme)
			}
			want = append(want, []string{file, s.word, code, strconv.Itoa(n)})
		}
	}
	got := table(t, "## Themes and topics")
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("docs/data.md lists\n%v\nexpected\n%v", got, want)
	}
}

func TestTheDocumentCountsEveryChapter(t *testing.T) {
	f := shippedFiles(t)
	n := map[string][5]int{}
	add := func(kind int, chapters []string) {
		for _, code := range chapters {
			counts := n[code]
			counts[kind]++
			n[code] = counts
		}
	}
	for _, a := range f.Actors {
		add(0, a.Chapters)
	}
	for _, l := range f.Laws {
		add(1, []string{l.Country})
	}
	for _, p := range f.Policies {
		add(2, ChaptersOfPolicy(p))
	}
	for _, m := range f.Mechanisms {
		add(3, f.ChaptersOfMechanism(m))
	}
	for _, a := range f.Activities {
		add(4, f.ChaptersOfActivity(a))
	}
	rows := table(t, "## Chapters")
	if len(rows) != len(f.Chapters) {
		t.Fatalf("docs/data.md counts %d chapters; there are %d", len(rows), len(f.Chapters))
	}
	for i, ch := range f.Chapters {
		c := n[ch.Code]
		want := fmt.Sprint([]any{ch.Code, c[0], c[1], c[2], c[3], c[4], c[0] + c[1] + c[2] + c[3] + c[4]})
		if got := fmt.Sprint(rows[i]); got != want {
			t.Errorf("docs/data.md counts %s; expected %s", got, want)
		}
	}
	if lao := n["LAO"]; lao[0]+lao[1]+lao[2]+lao[3]+lao[4] != 131 {
		t.Errorf("the Lao chapter has %v items; the model says 131 in all", lao)
	}
}

func TestTheDocumentDescribesEachOfOurOwnFiles(t *testing.T) {
	f := shippedFiles(t)
	text, err := os.ReadFile("../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## Our own files\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for file, n := range map[string]int{PlacesFile: len(f.Places), GroupsFile: len(f.Memberships), ChaptersFile: len(f.Chapters),
		GovernmentsFile: len(f.Governments), EstimatesFile: len(f.Estimates), InclusionFile: len(f.Inclusion), RatesFile: len(f.Rates)} {
		_, paragraph, found := strings.Cut(section, "**"+file+"**: ")
		paragraph, _, _ = strings.Cut(paragraph, "\n\n")
		first, _, _ := strings.Cut(strings.TrimPrefix(paragraph, "the "), " ")
		if !found || first != strconv.Itoa(n) {
			t.Errorf("docs/data.md does not begin to describe the %d records of %s: %q", n, file, paragraph)
		}
	}
	if n := strings.Count(section, "**: "); n != 7 {
		t.Errorf("docs/data.md describes %d files of our own; expected 7", n)
	}
}
