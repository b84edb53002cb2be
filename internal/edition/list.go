package edition

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	"adam/internal/fault"
	"adam/internal/store"
	"adam/internal/term"
)

// Listed is an edition as the list knows it.
type Listed struct {
	Number      int
	Status      term.EditionStatus
	Date        term.Date
	ReleasedAt  term.Instant
	Summary     string
	Reason      string    // why it was withdrawn
	WithdrawnOn term.Date // "" where it was not
}

// readList reads the table of editions, of a working store or of an edition's file.
func readList(ctx context.Context, db *sql.DB) ([]Listed, error) {
	rows, err := db.QueryContext(ctx, `SELECT number, status, date, released_at, summary, coalesce(withdrawn_reason, ''), withdrawn_on FROM editions ORDER BY number`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Listed
	for rows.Next() {
		var l Listed
		var status string
		if err := rows.Scan(&l.Number, &status, &l.Date, &l.ReleasedAt, &l.Summary, &l.Reason, &l.WithdrawnOn); err != nil {
			return nil, err
		}
		l.Status = term.EditionStatus(status)
		list = append(list, l)
	}
	return list, rows.Err()
}

// scanFolder lists the editions of a folder where there is no working store to ask: the newest file that can be read
// knows all before it. One that is still arriving from another server is not counted yet.
func scanFolder(ctx context.Context, folder string) ([]Listed, error) {
	names, err := editionFiles(folder)
	if err != nil {
		return nil, folderFault(err)
	}
	var broken error
	for i := len(names) - 1; i >= 0; i-- {
		list, err := listOf(ctx, folder, names[i])
		if err == nil {
			return list, nil
		}
		if broken == nil {
			broken = err
		}
	}
	return nil, broken
}

// listOf reads the list inside an edition's file.
func listOf(ctx context.Context, folder, name string) ([]Listed, error) {
	number, a, _ := parseName(name)
	path := filepath.Join(folder, name)
	if _, err := inspect(path, number, a); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", store.SQLiteDSN(path, true))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	list, err := readList(ctx, db)
	if err != nil {
		return nil, damaged(number, a).Because(err)
	}
	return list, nil
}

// numbersOf writes the numbers that can be read as a person does: 1 to 3, 5.
func numbersOf(list []Listed) string {
	var parts []string
	for i := 0; i < len(list); i++ {
		if list[i].Status != term.EditionPublished {
			continue
		}
		from := list[i].Number
		for i+1 < len(list) && list[i+1].Status == term.EditionPublished && list[i+1].Number == list[i].Number+1 {
			i++
		}
		if to := list[i].Number; to > from {
			parts = append(parts, fmt.Sprintf("%d to %d", from, to))
		} else {
			parts = append(parts, fmt.Sprint(from))
		}
	}
	return strings.Join(parts, ", ")
}

// choices says what can be read instead.
func choices(list []Listed) string {
	switch n := numbersOf(list); n {
	case "":
		return "No edition can be read yet."
	default:
		return "Editions that can be read: " + n + "."
	}
}

func unknownNumber(list []Listed, number int) *fault.Error {
	return fault.New(fault.NotFound, "There is no edition %d. %s", number, choices(list))
}

func beforeFirst(list []Listed, day term.Date) *fault.Error {
	for _, l := range list {
		if l.Status == term.EditionPublished {
			return fault.New(fault.NotFound, "There was no edition yet on %s: edition %d of %s is the first that can be read. %s", day, l.Number, l.Date, choices(list))
		}
	}
	return fault.New(fault.NotFound, "There was no edition yet on %s. %s", day, choices(list))
}

func beingMade(number int) *fault.Error {
	return fault.New(fault.NotFound, "Edition %d is being made. Try again in a moment.", number)
}

func isWithdrawn(list []Listed, l Listed) *fault.Error {
	reason := strings.TrimRight(l.Reason, ". ")
	return fault.New(fault.NotFound, "Edition %d was withdrawn on %s: %s. %s", l.Number, l.WithdrawnOn, reason, choices(list))
}
