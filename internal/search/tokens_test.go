package search

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestTokensOfWordsWithSpaces(t *testing.T) {
	for text, want := range map[string]string{
		"Viet Nam":               "viet nam vietnam",
		"Việt Nam":               "viet nam vietnam",
		"Bộ luật Hình sự Đồng":   "bo luat hinh su dong",
		"Malé, Maldives":         "male maldives",
		"IOM-Viet Nam/Vietnam":   "iom viet nam vietnam iomvietnamvietnam vietnam iomvietnam",
		"IOM-Viet-Nam":           "iom viet nam iomvietnam vietnam",
		"Türkiye":                "turkiye",
		"İSTANBUL ışık":          "istanbul isik",
		"Straße ÆRØ Łódź":        "strasse aero lodz",
		"ΣΊΣΥΦΟΣ σίσυφος":        "σισυφοσ σισυφοσ",
		"Ёлка й":                 "елка и",
		"UN-ACT":                 "un act unact",
		"U.N. Action":            "un action",
		"U.N.-backed":            "un backed unbacked",
		"e.g. U.S.A.":            "eg usa",
		"TIP/SOM":                "tip som tipsom",
		"A-TIP":                  "a tip atip",
		"M-POWER and IOM-X":      "m power and iom x mpower iomx",
		"UNDP/UN-ACT":            "undp un act undpunact unact",
		"GLO.ACT SA":             "glo act sa gloact",
		"MoOP&HRD":               "moop hrd moophrd",
		"people's Peoples’":      "peoples peoples",
		"Côte d’Ivoire":          "cote d ivoire divoire",
		"Cox's Bazar":            "coxs bazar",
		"2008-05-17 (2016–2020)": "2008 05 17 2016 2020",
		"NS/RKM/0208/005":        "ns rkm 0208 005 nsrkm0208005",
		"section 370A":           "section 370a",
		"ＵＮ－ＡＣＴ ﬁnance №5 m²":    "un act finance no5 m2 unact",
		"co\u00adoperation":      "cooperation",
		"zero\u200bwidth":        "zero width",
		"مكافحة الاتّجار بالأشخاص": "مكافحه الاتجار بالاشخاص",
		"قاچاق انسان ۱۳۹۵ کی":      "قاچاق انسان 1395 كي",
		"मानव तस्करी":              "मानव तस्करी",
		"মানব পাচার ২০১২":          "মানব পাচার 2012",
		"மனித கடத்தல்":             "மனித கடத்தல்",
		"මිනිස් ජාවාරම":            "මිනිස් ජාවාරම",
		"އިންސާނުންގެ ވިޔަފާރި":    "އިންސާނުންގެ ވިޔަފާރި",
		"인신매매":                              "인신매매",
		norm.NFD.String("Việt Nam"):         "viet nam vietnam",
		norm.NFD.String("인신매매"):             "인신매매",
		"word...next \xff\x00 — \"quoted\"": "word next quoted",
		"":                                  "",
	} {
		if got := strings.Join(Tokens(text), " "); got != want {
			t.Errorf("Tokens(%q)\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestTokensOfScriptsWithoutSpaces(t *testing.T) {
	for text, want := range map[string]string{
		"การค้า":                "กา าร รค้ ค้า า",
		"พ.ศ. ๒๕๕๑":             "พ ศ 2551",
		"ค":                     "ค",
		"น้ำ":                   "น้ํา า",
		"人口贩卖":                  "人口 口贩 贩卖 卖",
		"第12条":                  "第 12 条",
		"二〇〇八年":                 "二〇 〇〇 〇八 八年 年",
		"TIP法":                  "tip 法",
		"ការជួញដូរ":             "ការ រជួ ជួញ ញដូ ដូរ រ",
		"ស្ត្រី":                "ស្ត្រី",
		"人身取引":                  "人身 身取 取引 引",
		"サポート":                  "サホ\u309a ホ\u309aー ート ト",
		"ค้า\u200bมนุษย์":       "ค้า าม มนุ นุษ ษย์ ย์",
		"กรุงเทพฯ":              "กรุ รุง งเ เท ทพ พ",
		"လူကုန်ကူးမှု":          "လူကု ကုန် န်ကူး ကူးမှု မှု",
		"ການຄ້າມະນຸດ":           "ກາ ານ ນຄ້ ຄ້າ າມ ມະ ະນຸ ນຸດ ດ",
		"ค้ามนุษย์ trafficking": "ค้า าม มนุ นุษ ษย์ ย์ trafficking",
	} {
		if got := strings.Join(Tokens(text), " "); got != want {
			t.Errorf("Tokens(%q)\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestEqualSpellingsGiveEqualTokens(t *testing.T) {
	for name, pair := range map[string][2]string{
		"Thai sara am and its two pieces":         {"ทำ", "ท\u0e4d\u0e32"},
		"Thai tone after the ring of sara am":     {"น้ำ", "น\u0e4d\u0e49\u0e32"},
		"Thai ae typed as two e":                  {"แรงงาน", "เเรงงาน"},
		"Lao am and its two pieces":               {"ຄຳ", "ຄ\u0ecd\u0eb2"},
		"Lao ho no ligature":                      {"ໜ", "ຫນ"},
		"Lao ae typed as two e":                   {"ແຮງງານ", "ເເຮງງານ"},
		"Khmer subscript ta and da":               {"ក\u17d2\u178f", "ក\u17d2\u178a"},
		"Khmer vowel before the subscript":        {"ស\u17d2\u179a\u17b8", "ស\u17b8\u17d2\u179a"},
		"Khmer oo typed in two halves":            {"ចោ", "ច\u17c1\u17b6"},
		"Khmer inherent vowel":                    {"ក", "ក\u17b4"},
		"Myanmar vowel and dot in either order":   {"လုံ", "လ\u1036\u102f"},
		"Myanmar medials in either order":         {"မြွ", "မ\u103d\u103c"},
		"Myanmar letter with a part of its own":   {"\u1026", "\u1025\u102e"},
		"half-width katakana":                     {"ガ", "ｶﾞ"},
		"compatibility ideograph":                 {"金", "\uf90a"},
		"Devanagari letter with dot, two codings": {"\u095c", "\u0921\u093c"},
		"decomposed Vietnamese":                   {"Việt", norm.NFD.String("Việt")},
		"Dari and Arabic keyboards":               {"کشور قاچاقی", "كشور قاچاقي"},
		"curly apostrophe":                        {"people’s", "people's"},
		"acute typed for an apostrophe":           {"people´s", "people's"},
	} {
		if a, b := Tokens(pair[0]), Tokens(pair[1]); !slices.Equal(a, b) {
			t.Errorf("%s: %q and %q", name, a, b)
		}
	}
}

// The promise of pairs: any piece of a text, cut between clusters, is found.
func TestEveryPieceOfATextWithoutSpacesIsFound(t *testing.T) {
	for _, text := range []string{
		"พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์", "ច្បាប់ស្តីពីការបង្ក្រាបអំពើជួញដូរមនុស្ស",
		"ກົດໝາຍວ່າດ້ວຍການຕ້ານການຄ້າມະນຸດ", "လူကုန်ကူးမှုတားဆီးကာကွယ်ရေးဥပဒေ", "中华人民共和国出境入境管理法",
	} {
		doc := NewDocument("", text, nil)
		a := scan(text)
		for i := range a.parts {
			for k := i; k < min(len(a.parts), i+20); k++ {
				piece := text[a.parts[i].start:a.parts[k].end]
				if q, err := Parse(piece); err != nil || !matches(q, doc) {
					t.Fatalf("%q is not found in %q (%v)", piece, text, err)
				}
			}
		}
	}
}

func TestEveryRuneIsSafeAndStable(t *testing.T) {
	for r := rune(0); r < 0x20000; r++ {
		if unicode.In(r, unicode.Han, unicode.Hangul, unicode.Tangut, unicode.Co, unicode.Cs) && r%16 > 0 {
			continue // thousands of the same
		}
		checkTokens(t, string(r)+"a"+string(r)+"x")
	}
}

func FuzzTokens(f *testing.F) {
	for _, text := range corpus() {
		f.Add(text)
	}
	f.Add("U.N.'s-x/y..z'' \u1100'\u1161 \u1100-\u1161 n'\u0301o'\u0301o")
	f.Add(strings.Repeat("a", 60) + "'s " + strings.Repeat("ก\u0e49", 80) + strings.Repeat("\u17d2ក", 40))
	f.Fuzz(checkTokens)
}

// checkTokens is what must hold for the tokens of any text.
func checkTokens(t *testing.T, text string) {
	tokens := Tokens(text)
	var plain []string
	for _, token := range tokens {
		if !safe(token) {
			t.Fatalf("token %q of %q is not one token to both databases", token, text)
		}
		if !strings.ContainsFunc(token, spaceless) {
			plain = append(plain, token)
		}
	}
	again := Tokens(strings.Join(plain, " ")) // in another order where a name's two words stand beside each other
	if slices.Sort(plain); !slices.Equal(slices.Compact(slices.Sorted(slices.Values(again))), slices.Compact(plain)) {
		t.Fatalf("tokens of %q change when read again: %q, %q", text, plain, again)
	}
	doc := NewDocument(text, text, []string{text, "name"}, text)
	for _, column := range doc {
		if strings.Contains(column, "  ") || strings.Trim(column, " ") != column {
			t.Fatalf("column %q has an empty token", column)
		}
	}
}

func safe(token string) bool {
	for _, r := range token {
		if r < utf8.RuneSelf && lower[r] != byte(r) || !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && r != 0x3007 {
			return false
		}
	}
	return token != "" && utf8.ValidString(token) && utf8.RuneCountInString(token) <= maxToken
}

func TestColumnsAreBounded(t *testing.T) {
	long := strings.Repeat("trafficking-in-persons ", 100_000)
	doc := NewDocument("", "", nil, long, "tail")
	if n := len(doc[Body]); n > maxColumn || n < maxColumn-2*maxToken {
		t.Errorf("column of %d bytes", n)
	}
	if strings.HasSuffix(doc[Body], " ") || strings.HasSuffix(doc[Body], "|") {
		t.Errorf("column ends with %q", doc[Body][len(doc[Body])-10:])
	}
}

func TestColumnsKeepTextsAndJoinedFormsApart(t *testing.T) {
	doc := NewDocument("un-act", "", []string{"UN-ACT", "", "UNIAP", "A-B c"})
	want := Document{Key: "un act + unact", Names: "un act + unact | uniap | a b c + ab"}
	if doc != want {
		t.Errorf("got %q", doc)
	}
}

func BenchmarkTokens(b *testing.B) {
	for name, text := range map[string]string{
		"latin": strings.Repeat("Training, equipment and legal work with the Immigration Department and Border Guard (UN-ACT) on smuggling. ", 10),
		"viet":  strings.Repeat("Bộ luật Hình sự nước Cộng hòa xã hội chủ nghĩa Việt Nam, phòng chống mua bán người. ", 10),
		"thai":  strings.Repeat("พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์ พ.ศ. 2551 ", 10),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Tokens(text)
			}
		})
	}
}
