package overlap

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// stateNames are names of States that no table of regions has: short, former and local ones.
var stateNames = map[string]string{
	"vietnam": "VN", "viet nam": "VN", "burma": "MM", "birmanie": "MM", "myanmar": "MM", "laos": "LA", "lao pdr": "LA", "lao people s democratic republic": "LA",
	"ivory coast": "CI", "cote d ivoire": "CI", "drc": "CD", "dr congo": "CD", "rdc": "CD", "democratic republic congo": "CD", "democratic republic of the congo": "CD", "congo": "CG",
	"republic of congo": "CG", "swaziland": "SZ", "east timor": "TL", "timor leste": "TL", "palestine": "PS", "west bank and gaza": "PS", "west bank and gaza strip": "PS", "occupied palestinian territory": "PS",
	"macedonia": "MK", "fyrom": "MK", "former yugoslav republic of macedonia": "MK", "kyrgyz republic": "KG", "cape verde": "CV", "moldova": "MD", "republic of moldova": "MD", "tanzania": "TZ", "united republic of tanzania": "TZ",
	"bolivia": "BO", "plurinational state of bolivia": "BO", "venezuela": "VE", "bolivarian republic of venezuela": "VE", "iran": "IR", "islamic republic of iran": "IR", "syria": "SY", "syrian arab republic": "SY", "bosnia": "BA", "bih": "BA",
	"russia": "RU", "russian federation": "RU", "usa": "US", "united states of america": "US", "uk": "GB", "united kingdom of great britain and northern ireland": "GB", "great britain": "GB", "england": "GB",
	"korea": "KR", "republic of korea": "KR", "south korea": "KR", "north korea": "KP", "democratic people s republic of korea": "KP", "dprk": "KP", "turkey": "TR", "turkiye": "TR", "czech republic": "CZ", "brunei": "BN", "brunei darussalam": "BN",
	"micronesia": "FM", "federated states of micronesia": "FM", "holland": "NL", "netherlands": "NL", "the netherlands": "NL", "gambia": "GM", "the gambia": "GM", "bahamas": "BS", "china": "CN", "people s republic of china": "CN", "prc": "CN", "hong kong": "HK", "taiwan": "TW", "kosovo": "XK", "xkx": "XK", "xkv": "XK", "unk": "XK",
}

// gazetteer knows States by name; first are the words that names of several words begin with.
type gazetteer struct {
	names map[string]string
	first map[string]bool
}

// places knows States by name in the languages that reports come in.
var places = sync.OnceValue(func() gazetteer {
	names := map[string]string{}
	for _, lang := range []language.Tag{language.English, language.French, language.Spanish, language.Portuguese, language.Russian, language.Thai, language.Indonesian, language.Vietnamese, language.Arabic, language.German, language.Italian, language.SimplifiedChinese} {
		namer := display.Regions(lang)
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				r, err := language.ParseRegion(string([]rune{a, b}))
				if err != nil || !r.IsCountry() || r.Canonicalize().String() != string([]rune{a, b}) {
					continue
				}
				key := placeKey(namer.Name(r))
				if _, taken := names[key]; !taken && key != "" && !strings.HasPrefix(key, "unknown") {
					names[key] = r.String()
				}
			}
		}
	}
	for n, code := range stateNames {
		names[n] = code
	}
	first := map[string]bool{}
	for n := range names {
		if w, _, several := strings.Cut(n, " "); several {
			first[w] = true
		}
	}
	return gazetteer{names, first}
})

func placeKey(name string) string { return strings.Join(split(fold(clip(name, 120))), " ") }

// stateCode is the two letters of a State given by code (of two or three letters) or by name; "" where it is none.
func stateCode(s string) string {
	s = strings.TrimSpace(s)
	if len(s) == 2 || len(s) == 3 {
		if r, err := language.ParseRegion(s); err == nil && r.IsCountry() && s == strings.ToUpper(s) {
			return r.Canonicalize().String()
		}
	}
	return places().names[placeKey(s)]
}

// stateKey is a State's code, or the folded text where nobody knows it: two reports may still name one place alike.
func stateKey(s string) string {
	if code := stateCode(s); code != "" {
		return code
	}
	return placeKey(s)
}
