package intake

import (
	"strings"

	"adam/ent/state"
	"adam/internal/exchange/cell"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// placeNames are the States of the catalogue by what people call them, folded, and the words for the region.
type placeNames struct{ codes map[string]string }

// spoken are the languages in which the names of States are known: those of the region, and those in which others write to it.
var spoken = []language.Tag{language.English, language.French, language.Spanish, language.Thai, language.Urdu, language.Indonesian, language.Malay, language.Vietnamese,
	language.Khmer, language.Lao, language.Burmese, language.Chinese, language.TraditionalChinese, language.Japanese, language.Korean, language.Bengali, language.Sinhala,
	language.Nepali, language.Persian, language.Arabic, language.Russian}

// usual are names that stand in no list and in many spreadsheets.
var usual = map[string]string{
	"burma": "MMR", "lao pdr": "LAO", "laos pdr": "LAO", "lao p d r": "LAO", "pdr lao": "LAO", "viet nam": "VNM", "vietnam": "VNM", "brunei": "BRN", "timor leste": "TLS", "east timor": "TLS",
	"png": "PNG", "uk": "GBR", "great britain": "GBR", "united kingdom": "GBR", "usa": "USA", "us": "USA", "u s a": "USA", "united states": "USA", "uae": "ARE", "south korea": "KOR", "rok": "KOR", "korea": "KOR",
	"north korea": "PRK", "dprk": "PRK", "iran": "IRN", "syria": "SYR", "russia": "RUS", "hong kong": "HKG", "macau": "MAC", "macao": "MAC", "prc": "CHN", "pr china": "CHN", "turkey": "TUR", "turkiye": "TUR",
	"the philippines": "PHL", "the maldives": "MDV", "the netherlands": "NLD", "holland": "NLD", "ประเทศไทย": "THA", "กัมพูชา": "KHM", "ลาว": "LAO", "พม่า": "MMR", "เวียดนาม": "VNM",
}

// regional are words for the region as a whole, or a part of it that several States make up.
var regional = map[string]bool{"regional": true, "region": true, "region wide": true, "regionwide": true, "asia": true, "asia pacific": true, "asia and the pacific": true, "south east asia": true, "southeast asia": true,
	"south asia": true, "asean": true, "asean region": true, "asean member states": true, "greater mekong subregion": true, "greater mekong sub region": true, "gms": true, "mekong": true, "mekong region": true, "bali process": true,
	"regional asia": true, "ภูมิภาค": true, "ระดับภูมิภาค": true}

// knowPlaces reads what the States of the catalogue are called.
func (in *taking) knowPlaces() (*placeNames, error) {
	all, err := in.c.State.Query().Order(state.ByCode()).All(in.ctx)
	if err != nil {
		return nil, err
	}
	p := &placeNames{codes: map[string]string{}}
	there := map[string]bool{}
	for _, s := range all {
		there[s.Code] = true
	}
	for name, code := range usual {
		if there[code] {
			p.codes[cell.Fold(name)] = code
		}
	}
	for _, s := range all {
		p.learn(s.Code, s.Code, s.Alpha2, s.Name, text(s.OfficialName))
		if region, err := language.ParseRegion(s.Alpha2); err == nil {
			for _, tag := range spoken {
				p.learn(s.Code, display.Regions(tag).Name(region))
			}
		}
	}
	return p, nil
}

// learn takes down what a State is called; the first one keeps a name.
func (p *placeNames) learn(code string, names ...string) {
	for _, n := range names {
		if n = cell.Fold(n); n != "" && p.codes[n] == "" {
			p.codes[n] = code
		}
	}
}

// find is the code of a State; "" where it is none, and then whether it is the region.
func (p *placeNames) find(name string) (code string, isRegion bool) {
	folded := cell.Fold(name)
	for _, n := range []string{folded, strings.TrimPrefix(folded, "the "), cell.Fold(bracketed.ReplaceAllString(name, ""))} {
		if code = p.codes[n]; code != "" {
			return code, false
		}
	}
	return "", regional[folded] || regional[strings.TrimPrefix(folded, "the ")]
}
