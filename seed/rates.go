package seed

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

var rateColumns = []string{"currency", "year", "per_usd"}

// decodeRates reads rates.csv: one line of origin after a #, a heading, and one rate a line.
func decodeRates(fsys fs.FS, f *Files) []Problem {
	data, p := load(fsys, RatesFile)
	if p != nil {
		return []Problem{*p}
	}
	first, _, _ := strings.Cut(string(data), "\n")
	origin, ok := strings.CutPrefix(strings.TrimSpace(first), "#")
	if !ok {
		return []Problem{{File: RatesFile, Record: "line 1", Sentence: "the file does not say where its rates come from; expected a first line that begins with # and names the source"}}
	}
	f.RatesSource = strings.TrimSpace(origin)
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment = '#'
	r.FieldsPerRecord = -1 // counted below, where the line can be named
	rows, err := r.ReadAll()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return []Problem{{File: RatesFile, Record: fmt.Sprintf("line %d", bad.Line), Sentence: "the line is not CSV: " + bad.Err.Error()}}
	}
	if len(rows) == 0 || !slices.Equal(rows[0], rateColumns) {
		return []Problem{{File: RatesFile, Sentence: "the heading is not currency,year,per_usd"}}
	}
	var problems []Problem
	for i, row := range rows[1:] {
		rate, p := readRate(row, i+1)
		if p != nil {
			problems = append(problems, *p)
			continue
		}
		f.Rates = append(f.Rates, rate)
	}
	return problems
}

func readRate(row []string, n int) (Rate, *Problem) {
	name := fmt.Sprintf("record %d", n)
	if len(row) != len(rateColumns) {
		return Rate{}, &Problem{File: RatesFile, Record: name, Sentence: fmt.Sprintf("the line has %d values; expected currency, year and per_usd", len(row))}
	}
	year, err := strconv.Atoi(row[1])
	if err != nil {
		return Rate{}, &Problem{File: RatesFile, Record: name, Field: "year", Sentence: fmt.Sprintf("is the text %q; expected a whole number", row[1])}
	}
	return Rate{Currency: row[0], Year: year, PerUSD: row[2]}, nil
}
