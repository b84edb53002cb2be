package iati

import (
	"adam/internal/term"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheFieldIsFoundAndExplained(t *testing.T) {
	f := NewField(StandardRules())
	for _, c := range []struct {
		name, title string
		sectors     []Sector
		why         string // "" where it does not belong
	}{
		{"a code", "Any", []Sector{{Vocabulary: "1", Code: "15190"}}, "sector 15190"},
		{"a code and a word", "Ending human trafficking now", []Sector{{Vocabulary: "1", Code: "15160"}}, "sector 15160; “human trafficking” in the title"},
		{"the same digits of another vocabulary", "Any", []Sector{{Vocabulary: "99", Code: "15190"}}, ""},
		{"another code", "Any", []Sector{{Vocabulary: "1", Code: "11110"}}, ""},
		{"drugs", "Drug trafficking and smuggling of cigarettes", nil, ""},
		{"traffic", "Road traffic in urban areas", nil, ""},
		{"migrants", "Smuggling of Migrants", nil, "“smuggling of migrants” in the title"},
		{"with signs between", "Anti-trafficking", nil, "“anti trafficking” in the title"},
		{"British labour", "Forced Labour", nil, "“forced labour” in the title"},
		{"American labor", "forced labor", nil, "“forced labor” in the title"},
		{"letter for letter", "labour trafficking", nil, "“labour trafficking” in the title"},
		{"French, with accents", "Lutte contre la traite des êtres humains", nil, "“traite des êtres humains” in the title"},
		{"French, without", "TRAITE DES ETRES HUMAINS", nil, "“traite des etres humains” in the title"},
		{"Spanish", "Trata de niñas", nil, "“trata de niñas” in the title"},
		{"German, one word", "Gegen Menschenhandels-Netze", nil, "“menschenhandels” in the title"},
		{"Vietnamese", "Phòng chống mua bán người", nil, "“mua bán người” in the title"},
		{"Vietnamese with a letter of its own", "đưa người di cư trái phép", nil, "“đưa người di cư trái phép” in the title"},
		{"Indonesian", "Perdagangan Orang", nil, "“perdagangan orang” in the title"},
		{"Thai, without spaces", "การต่อต้านการค้ามนุษย์ในภูมิภาค", nil, "“ค้ามนุษย์” in the title"},
		{"Chinese, without spaces", "打击人口贩运项目", nil, "“人口贩运” in the title"},
		{"Russian, with endings", "Борьба с торговлей людьми", nil, "“торговлей людьми” in the title"},
		{"Arabic", "مكافحة الاتجار بالبشر", nil, "“الاتجار بالبشر” in the title"},
		{"nothing", "", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := f.Match(&Activity{Title: en(c.title), Sectors: c.sectors})
			if m.Why() != c.why || m.Belongs != (c.why != "") {
				t.Errorf("%+v", m)
			}
		})
	}
}

func TestEveryWordOfTheRulesFindsItself(t *testing.T) {
	f := NewField(StandardRules())
	for _, word := range StandardRules().Words {
		text := strings.ReplaceAll(word, "*", "")
		if m := f.Match(&Activity{Descriptions: []Description{{Text: en("x " + text + ". y")}}}); !m.ByWord {
			t.Errorf("%q is not found", word)
		}
	}
}

func TestTheRulesOfTheFieldCanBeAdjusted(t *testing.T) {
	a := &Activity{Title: en("Human trafficking"), Sectors: []Sector{{Vocabulary: "1", Code: "15130"}},
		Transactions: []Transaction{{Sectors: []Sector{{Vocabulary: "1", Code: "11110"}}, Description: en("Own Word here")}}}
	for _, c := range []struct {
		name  string
		rules Rules
		why   string
	}{
		{"words alone", Rules{Words: StandardRules().Words, Sectors: StandardRules().Sectors, Need: term.WordSign}, "sector 15130; “human trafficking” in the title"},
		{"an own word", Rules{Words: []string{"own word"}}, "“own word” in the description of a transaction"},
		{"an own code", Rules{Sectors: []string{"11110"}}, "sector 11110 of a transaction"},
		{"both ways, with one only", Rules{Sectors: []string{"11110"}, Need: term.BothSigns}, ""},
		{"words, with a code only", Rules{Sectors: []string{"11110"}, Need: term.WordSign}, ""},
		{"none", Rules{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if m := NewField(c.rules).Match(a); m.Belongs != (c.why != "") || m.Belongs && m.Why() != c.why {
				t.Errorf("%+v", m)
			}
		})
	}
}

func TestTheFieldIsPickedOutOfSamples(t *testing.T) {
	f := NewField(StandardRules())
	for _, file := range samples(t) {
		all, words, why := 0, 0, []string{}
		rep := readFile(t, file, func(a *Activity) error {
			m := f.Match(a)
			if m.Belongs {
				all++
			}
			if m.ByWord {
				words++
				why = append(why, a.Identifier+": "+m.Why())
			}
			if m.Belongs && len(m.Reasons) == 0 {
				t.Errorf("%s belongs, and nothing says why", a.Identifier)
			}
			return nil
		})
		slices.Sort(why)
		t.Logf("%s: %d of %d belong, %d by their words: %s", filepath.Base(file), all, rep.Activities, words, strings.Join(why[:min(len(why), 8)], " | "))
	}
}
