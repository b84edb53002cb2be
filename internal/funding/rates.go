package funding

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
)

const (
	firstYear, lastYear = 1900, 2100
	mostRates           = 100_000
)

var rateColumns = []string{"currency", "year", "per_usd", "source"}

// ReadRates reads an operator's own table of rates: CSV with the columns currency, year, per_usd and, where it is given,
// source; else source says where all of them come from. Lines that begin with # are remarks. name is what the file is
// called. It gives every mistake with its line, up to twenty, and no rates where there is one.
func ReadRates(r io.Reader, name, source string) ([]Rate, error) {
	c := csv.NewReader(r)
	c.Comment, c.FieldsPerRecord, c.TrimLeadingSpace = '#', -1, true
	heading, err := c.Read()
	if err == io.EOF || err == nil && !headed(heading) {
		return nil, fault.New(fault.Invalid, "%s: the heading is not currency,year,per_usd or currency,year,per_usd,source.", name)
	}
	t := &rateTable{name: name, source: source, width: len(heading), seen: map[money]int{}}
	for err == nil {
		var row []string
		if row, err = c.Read(); err == nil {
			line, _ := c.FieldPos(0)
			t.take(line, row)
		}
		if len(t.rates) > mostRates {
			return nil, fault.New(fault.Limit, "%s has more than %d rates. Import it in parts.", name, mostRates)
		}
	}
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		t.fail(broken.Line, "the line is not CSV: %v", broken.Err)
	} else if err != io.EOF {
		return nil, fmt.Errorf("read rates: %w", err)
	}
	if len(t.wrong) > 0 {
		return nil, fault.New(fault.Invalid, "%s. Nothing was imported: correct the file and import it again.", strings.Join(t.wrong, "; "))
	}
	if len(t.rates) == 0 {
		return nil, fault.New(fault.Invalid, "%s has no rates.", name)
	}
	return t.rates, nil
}

func headed(heading []string) bool {
	if len(heading) > 0 {
		heading[0] = strings.TrimPrefix(heading[0], "\ufeff") // a mark that spreadsheets put first
	}
	return slices.Equal(heading, rateColumns) || slices.Equal(heading, rateColumns[:3])
}

// rateTable is a file of rates that is being read.
type rateTable struct {
	name, source string
	width        int
	rates        []Rate
	seen         map[money]int // the line of each
	wrong        []string
}

const mostWrong = 20

func (t *rateTable) fail(line int, format string, args ...any) {
	if len(t.wrong) < mostWrong {
		t.wrong = append(t.wrong, fmt.Sprintf("%s, line %d: ", t.name, line)+fmt.Sprintf(format, args...))
	}
}

func (t *rateTable) take(line int, row []string) {
	if len(row) != t.width {
		t.fail(line, "there are %d values where the heading has %d", len(row), t.width)
		return
	}
	r := Rate{Currency: term.Currency(row[0]), PerUSD: term.Decimal(row[2]), Source: t.source}
	if t.width == len(rateColumns) && strings.TrimSpace(row[3]) != "" {
		r.Source = strings.TrimSpace(row[3])
	}
	wrong := len(t.wrong)
	year, err := strconv.Atoi(row[1])
	if err != nil || year < firstYear || year > lastYear {
		t.fail(line, "%q is no year; expected one from %d to %d", term.Clip(row[1]), firstYear, lastYear)
	}
	if r.Year = year; !known4217(r.Currency) {
		t.fail(line, "%q is no currency; expected an ISO 4217 code in capitals, such as AUD", term.Clip(row[0]))
	}
	if sentence := badRate(r); sentence != "" {
		t.fail(line, "%s", sentence)
	}
	if r.Source == "" {
		t.fail(line, "nobody says where the rate comes from; name it in a column source, or with --source")
	}
	m := money{r.Currency, r.Year}
	if before := t.seen[m]; before > 0 && wrong == len(t.wrong) {
		t.fail(line, "%s of %d stands in line %d too", r.Currency, r.Year, before)
	}
	t.seen[m] = line
	t.rates = append(t.rates, r)
}

// badRate says what is wrong with the figure of a rate.
func badRate(r Rate) string {
	d, err := term.ParseDecimal(string(r.PerUSD))
	if err != nil {
		return fmt.Sprintf("%q is no rate; expected units of the currency per US dollar, such as 1.3312", term.Clip(string(r.PerUSD)))
	}
	n, ok := new(big.Rat).SetString(string(d))
	switch {
	case !ok || n.Sign() <= 0:
		return fmt.Sprintf("the rate is %s; expected more than zero", d)
	case r.Currency == dollar && n.Cmp(big.NewRat(1, 1)) != 0:
		return fmt.Sprintf("the rate is %s; a US dollar is one US dollar", d)
	}
	return ""
}

// known4217 says whether a currency is in use, or was since 1999 (ISO 4217, lists one and three).
func known4217(c term.Currency) bool {
	return len(c) == 3 && strings.Contains(currencies, string(c)+" ")
}

const currencies = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BYR BZD CAD CDF CHF CLF CLP CNY " +
	"COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR " +
	"ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MYR " +
	"MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SKK SLE SLL SOS SRD SSP STD STN " +
	"SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VEF VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMK ZMW ZWG ZWL "
