package search

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"
)

// engine is a database that holds documents by number and answers queries with numbers.
type engine struct {
	*sql.DB
	insert, query string
	express       func(Query) string
}

func openSQLite(t *testing.T) engine {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // the database lives in its connection
	if _, err := db.Exec(`CREATE VIRTUAL TABLE doc USING fts5(key, title, names, body, tokenize='ascii')`); err != nil {
		t.Fatal(err)
	}
	return engine{db, `INSERT INTO doc (rowid, key, title, names, body) VALUES ($1, $2, $3, $4, $5)`,
		`SELECT rowid FROM doc WHERE doc MATCH $1 ORDER BY rowid`, Query.FTS5}
}

func openPostgreSQL(t *testing.T) engine {
	db, err := sql.Open("postgres", "host=127.0.0.1 port=5432 user=postgres dbname=postgres sslmode=disable connect_timeout=2")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // the table is temporary: nobody else sees it
	if err := db.Ping(); err != nil {
		t.Skipf("PostgreSQL cannot be reached at 127.0.0.1:5432, so only SQLite is checked: %v", err)
	}
	if _, err := db.Exec(`CREATE TEMPORARY TABLE doc (id bigint PRIMARY KEY, words tsvector NOT NULL)`); err != nil {
		t.Fatal(err)
	}
	return engine{db, `INSERT INTO doc VALUES ($1,
		array_to_tsvector(string_to_array($2, ' ')) || array_to_tsvector(string_to_array($3, ' ')) ||
		array_to_tsvector(string_to_array($4, ' ')) || array_to_tsvector(string_to_array($5, ' ')))`,
		`SELECT id FROM doc WHERE words @@ $1::tsquery ORDER BY id`, Query.TSQuery}
}

func (e engine) fill(t *testing.T, docs []Document) {
	t.Helper()
	for id, d := range docs {
		if _, err := e.Exec(e.insert, id, d[Key], d[Title], d[Names], d[Body]); err != nil {
			t.Fatalf("%q: %v", d, err)
		}
	}
}

func (e engine) hits(t *testing.T, q Query) (ids []int) {
	t.Helper()
	rows, err := e.Query(e.query, e.express(q))
	if err != nil {
		t.Fatalf("%s: %v", e.express(q), err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

// documents spreads the corpus over the fields.
func documents() (docs []Document) {
	for i, text := range corpus() {
		switch key := fmt.Sprintf("k-%d", i); i % 3 {
		case 0:
			docs = append(docs, NewDocument(key, text, nil))
		case 1:
			docs = append(docs, NewDocument(key, "title", []string{"acronym", text}))
		case 2:
			docs = append(docs, NewDocument(key, "title", []string{"name"}, text))
		}
	}
	return docs
}

func TestBothDatabasesFindTheSame(t *testing.T) {
	docs := documents()
	known := newVocabulary(docs...)
	for name, open := range map[string]func(*testing.T) engine{"SQLite": openSQLite, "PostgreSQL": openPostgreSQL} {
		t.Run(name, func(t *testing.T) {
			e := open(t)
			e.fill(t, docs)
			for _, text := range append(queries(), corpus()...) {
				q, err := Parse(text)
				if err != nil {
					continue // a text of the corpus that is too long to ask for
				}
				corrected, err := q.Correct(func(q Query) (bool, error) { return found(q, docs), nil }, known.known)
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range []Query{q, corrected} {
					e.compare(t, text, q, docs)
				}
			}
		})
	}
}

func (e engine) compare(t *testing.T, text string, q Query, docs []Document) {
	t.Helper()
	var want []int
	for id, doc := range docs {
		if matches(q, doc) {
			want = append(want, id)
			if Score(q, doc) == 0 {
				t.Errorf("%q: hit %d scores nothing", text, id)
			}
		} else if Score(q, doc) >= 0.99 {
			t.Errorf("%q: %d is no hit and scores like the thing itself", text, id)
		}
	}
	if got := e.hits(t, q); !slices.Equal(got, want) {
		t.Errorf("%q: %s finds %v, want %v", text, e.express(q), got, want)
	}
}

// What the common test expects of both is only worth something if it is what a person expects.
func TestPeopleFindWhatTheyMean(t *testing.T) {
	e := openSQLite(t)
	texts := corpus()
	e.fill(t, documents())
	for text, count := range map[string]int{
		"un act": 3, "un-act": 3, "unact": 2, "UNHCR": 1, "u.n.h.c.r.": 1, "iom-x": 1, "iomx": 1, "iom x": 1,
		"gloact": 1, "atip": 2, "a-tip": 2, "tipsom": 1, "m-power": 1, "mpower": 1, "protectsea": 1,
		"viet nam": 2, "vietnam": 2, "vietna": 2, "srilanka": 0, "Việt Nam": 2, "Malé": 1, "turkiye": 1, "ivoire": 1, "people's": 1, "370": 1, "370A": 1,
		"55/25": 1, "antitrafficking": 2, "finance unodc cooperation": 1, "การค้ามนุษย์": 1, "มนุษย์": 2,
		"พ.ศ. 2522": 1, "แม่น้ำ": 1, "แรงงาน": 1, "กรุงเทพ": 1, "ค้ายาเสพติด": 0, "ការបង្ក្រាប": 1,
		"ជួញដូរមនុស្ស": 2, "គណៈកម្មាធិការជាតិ": 1, "လူကုန်ကူးမှု": 2, "ကူးမှု": 2, "2005": 1, "ການຄ້າມະນຸດ": 2,
		"刑法": 1, "法": 2, "人口贩卖": 1, "出入境": 0, "2022": 1, "인신매매": 1, "قاچاق انساني": 0, "قاچاق انسان": 1,
		"الاتجار بالاشخاص": 1, "মানব পাচার": 1, "मनव": 0, "मानव": 1, "ޤާނޫނު": 1, "τουρκια": 1, "trafficing": 0,
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if ids := e.hits(t, q); len(ids) != count {
			t.Errorf("%q finds %d, want %d:", text, len(ids), count)
			for _, id := range ids {
				t.Logf("  %s", texts[id])
			}
		}
	}
}

// Long runs and many candidates must stay within the databases' limits for expressions.
func TestTheLargestQueriesAreAccepted(t *testing.T) {
	long := ""
	for i := range 100 {
		long += string(rune(0x4E00+2*i)) + string(rune(0x4E01+2*i))
	}
	for name, open := range map[string]func(*testing.T) engine{"SQLite": openSQLite, "PostgreSQL": openPostgreSQL} {
		t.Run(name, func(t *testing.T) {
			e := open(t)
			e.fill(t, []Document{NewDocument("k", long, nil), NewDocument("k", "aaaa9", nil)})
			q, err := Parse(long)
			if err != nil {
				t.Fatal(err)
			}
			if got := e.hits(t, q); !slices.Equal(got, []int{0}) {
				t.Errorf("a run of 200 clusters finds %v", got)
			}
			q, _ = Parse("aaaa")
			q, err = q.Correct(func(Query) (bool, error) { return false, nil }, func([]string) (terms []string, _ error) {
				for r := rune(0x3B1); len(terms) < 2000; r++ {
					terms = append(terms, "aaaa"+string(r))
				}
				return append(terms, "aaaa9"), nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := e.hits(t, q); !slices.Equal(got, []int{1}) {
				t.Errorf("2,000 candidates find %v", got)
			}
		})
	}
}

// A record whose columns are all full must be stored: PostgreSQL refuses vectors of 1 MiB.
func TestTheLargestRecordIsAccepted(t *testing.T) {
	var doc Document
	for f := range doc {
		var text strings.Builder
		for n := 0; text.Len() < maxColumn+1000; n++ {
			fmt.Fprintf(&text, "%cw%036x ", 'a'+f, n)
		}
		doc[f] = column(text.String())
	}
	for name, open := range map[string]func(*testing.T) engine{"SQLite": openSQLite, "PostgreSQL": openPostgreSQL} {
		t.Run(name, func(t *testing.T) {
			e := open(t)
			e.fill(t, []Document{doc})
			q, err := Parse("aw dw")
			if err != nil {
				t.Fatal(err)
			}
			if got := e.hits(t, q); !slices.Equal(got, []int{0}) {
				t.Errorf("found %v", got)
			}
		})
	}
}
