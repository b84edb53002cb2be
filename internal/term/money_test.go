package term

import (
	"bytes"
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"adam/internal/fault"
)

// Rule 2: money is decimal. What is read is what is held, to the last of four decimals.
func TestAmountsAreReadExactly(t *testing.T) {
	for _, test := range []struct {
		written string
		held    Amount
		spelt   string
	}{
		{"0", 0, "0"}, {"0.0", 0, "0"}, {"-0", 0, "0"}, {"-0.0000", 0, "0"},
		{"1", 10_000, "1"}, {"0.1", 1_000, "0.1"}, {"0.0001", 1, "0.0001"}, {"-0.0001", -1, "-0.0001"},
		{"1250.5", 12_505_000, "1250.5"}, {"1250.50", 12_505_000, "1250.5"}, {"1250.5000", 12_505_000, "1250.5"},
		{"21000000", 210_000_000_000, "21000000"}, {"-21000000", -210_000_000_000, "-21000000"},
		{"007", 70_000, "7"}, {"0.3", 3_000, "0.3"}, {"16777217.1", 167_772_171_000, "16777217.1"}, // where a float32 ends
		{"90071992547409.93", 900_719_925_474_099_300, "90071992547409.93"}, // where a float64 ends
		{"922337203685477", 9_223_372_036_854_770_000, "922337203685477"},
		{"922337203685477.5806", math.MaxInt64 - 1, "922337203685477.5806"},
		{"-922337203685477.5806", -math.MaxInt64 + 1, "-922337203685477.5806"},
	} {
		a, err := ParseAmount(test.written)
		if err != nil || a != test.held {
			t.Errorf("%s was read as %d, %v; expected %d", test.written, int64(a), err, test.held)
		}
		if a.String() != test.spelt {
			t.Errorf("%s is spelt %s; expected %s", test.written, a, test.spelt)
		}
	}
}

// Rule 2 and rule 6: what cannot be held exactly is refused with a sentence, never rounded.
func TestWhatCannotBeHeldExactlyIsRefused(t *testing.T) {
	const notAnAmount, tooLarge = "is not an amount. Write digits with at most four decimals", "is larger than this catalogue can hold exactly"
	for s, sentence := range map[string]string{
		"": notAnAmount, "-": notAnAmount, ".": notAnAmount, "-.": notAnAmount, "1.": notAnAmount, ".5": notAnAmount, "--1": notAnAmount,
		"1.23456": notAnAmount, "0.00001": notAnAmount, "1.00000": notAnAmount, // five decimals, also of zeros
		"2.1e7": notAnAmount, "1E3": notAnAmount, "0x10": notAnAmount, "1_000": notAnAmount, "1,000": notAnAmount, "1 000": notAnAmount,
		" 1": notAnAmount, "1 ": notAnAmount, "+1": notAnAmount, "1.-5": notAnAmount, "1.5.5": notAnAmount, "-1-": notAnAmount,
		"NaN": notAnAmount, "Inf": notAnAmount, "-Inf": notAnAmount, "١٢": notAnAmount, "１": notAnAmount, "1\x00": notAnAmount, "AUD 5": notAnAmount,
		"922337203685477.5807": tooLarge, "-922337203685477.5807": tooLarge, "922337203685477.5808": tooLarge, "922337203685478": tooLarge,
		"-922337203685478": tooLarge, "9223372036854775808": tooLarge, "99999999999999999999999999": tooLarge,
		strings.Repeat("9", 5000): tooLarge,
	} {
		a, err := ParseAmount(s)
		if err == nil || a != 0 {
			t.Errorf("%q was read as %s", s, a)
			continue
		}
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), sentence) || len(err.Error()) > 400 {
			t.Errorf("%q: the error is %q", s, err)
		}
	}
}

func TestEveryAmountComesBackFromItsSpelling(t *testing.T) {
	check := func(a Amount) {
		back, err := ParseAmount(a.String())
		if err != nil || back != a {
			t.Errorf("%d is spelt %s and came back as %d, %v", int64(a), a, int64(back), err)
		}
		exact := new(big.Rat).SetFrac64(int64(a), amountScale)
		if read, ok := new(big.Rat).SetString(a.String()); !ok || read.Cmp(exact) != 0 {
			t.Errorf("%d is spelt %s, which is another number", int64(a), a)
		}
	}
	for _, a := range []Amount{0, 1, -1, 9, 10, 99, 9_999, 10_000, 10_001, 12_500, math.MaxInt64 - 1, -math.MaxInt64 + 1} {
		check(a)
	}
	r := rand.New(rand.NewPCG(2026, 11))
	for range 100_000 {
		a := Amount(r.Int64() >> r.IntN(63))
		check(a)
		check(-a)
	}
}

// The two ends are never read, but arithmetic may reach them: they are spelt rightly all the same.
func TestTheEndsOfTheScaleAreSpelt(t *testing.T) {
	if s := Amount(math.MinInt64).String(); s != "-922337203685477.5808" {
		t.Errorf("the smallest is spelt %s", s)
	}
	if s := Amount(math.MaxInt64).String(); s != "922337203685477.5807" {
		t.Errorf("the largest is spelt %s", s)
	}
}

// A number that went through a float may have lost digits already, so it is refused.
func TestNoFloatComesNearMoney(t *testing.T) {
	var a Amount
	for _, v := range []any{1250.5, float32(1), 1, true, nil, []byte("1")} {
		if err := a.UnmarshalGQL(v); err == nil || fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), `such as "1250.50"`) {
			t.Errorf("%v (%T) was read as %s, %v", v, v, a, err)
		}
	}
	for _, v := range []any{1250.5, "1250.5", nil, []byte("1")} {
		if err := a.Scan(v); err == nil {
			t.Errorf("the database's %v (%T) was read as %s", v, v, a)
		}
	}
	for v, want := range map[any]Amount{"1250.50": 12_505_000, json.Number("1250.50"): 12_505_000, int64(1250): 12_500_000} {
		if err := a.UnmarshalGQL(v); err != nil || a != want {
			t.Errorf("%v was read as %s, %v", v, a, err)
		}
	}
	if err := a.UnmarshalGQL(json.Number("2.1e7")); err == nil {
		t.Errorf("an exponent was read as %s", a)
	}
}

func TestAnAmountLeavesAsText(t *testing.T) {
	var b bytes.Buffer
	Amount(900_719_925_474_099_301).MarshalGQL(&b)
	if b.String() != `"90071992547409.9301"` {
		t.Errorf("GraphQL gets %s", b.String())
	}
	a := Amount(12_505_001)
	stored, err := a.Value()
	if err != nil || stored != int64(12_505_001) {
		t.Errorf("the database gets %v (%T), %v", stored, stored, err)
	}
	var back Amount
	if err := back.Scan(stored); err != nil || back != a {
		t.Errorf("the database gives %s, %v", back, err)
	}
}

func TestDecimalsKeepTheirDigits(t *testing.T) {
	for _, s := range []string{"0", "12.5", "1.724826666666667", "-3", "100.000", "007", strings.Repeat("9", 40)} {
		d, err := ParseDecimal(s)
		if err != nil || string(d) != s {
			t.Errorf("%s was read as %s, %v", s, d, err)
		}
		var back Decimal
		if stored, err := d.Value(); err != nil || back.Scan(stored) != nil || back != d {
			t.Errorf("%s came back from the database as %s", d, back)
		}
		if err := back.UnmarshalGQL(s); err != nil || string(back) != s {
			t.Errorf("GraphQL's %s was read as %s, %v", s, back, err)
		}
	}
	for _, s := range []string{"", "-", ".", "1.", ".5", "1e3", "--1", "+1", "1,5", " 1", "NaN", "１", strings.Repeat("9", 41)} {
		d, err := ParseDecimal(s)
		if err == nil || d != "" || fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "such as 12.5") {
			t.Errorf("%q was read as %q, %v", s, d, err)
		}
	}
	var d Decimal
	for _, v := range []any{12.5, 12, nil} {
		if err := d.UnmarshalGQL(v); err == nil {
			t.Errorf("GraphQL's %v was read as %s", v, d)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"0", "-0.0001", "1250.50", "922337203685477.5807", "1.23456", "2.1e7", "1.", "", "-", "1.5.5", "００"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAmount(s)
		if err != nil {
			if a != 0 || fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q was refused and read as %s: %v", s, a, err)
			}
			return
		}
		written, ok := new(big.Rat).SetString(s)
		if held := new(big.Rat).SetFrac64(int64(a), amountScale); !ok || written.Cmp(held) != 0 {
			t.Errorf("%q was read as %s", s, a)
		}
		if back, err := ParseAmount(a.String()); err != nil || back != a {
			t.Errorf("%s came back as %s, %v", a, back, err)
		}
	})
}

func FuzzParseID(f *testing.F) {
	for _, s := range []string{"law_07wqc572h4jt", "actor_1xha6jr7ka7g", "law_zzzzzzzzzzzz", "law_", "_", "", "LAW_07WQC572H4JT", "unknown_5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseID(s)
		if err != nil {
			if id != 0 || fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q was refused and read as %s: %v", s, id, err)
			}
			return
		}
		if id.String() != s || id.Kind() == 0 || id <= 0 {
			t.Errorf("%q was read as %s of kind %d", s, id, id.Kind())
		}
	})
}
