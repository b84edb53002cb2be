package seed

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// The structs below are the files, field by field. A pointer is a field that may be unknown. The files have two ways
// of saying so, and the tag tells which: a field with omitempty is left out, every other one is there and null. So the
// structs, written as JSON, give back the files without loss (Flatten relies on it).

// State is one of the States with a chapter.
type State struct {
	Key                        string   `json:"key"`
	Name                       string   `json:"name"`
	ISO2                       string   `json:"iso2"`
	ISO3                       string   `json:"iso3"`
	M49                        string   `json:"m49"`
	Region                     string   `json:"region"`
	OfficialName               string   `json:"official_name"`
	Capital                    string   `json:"capital"`
	Treaties                   Treaties `json:"treaties"`
	RefugeeConvention1951      bool     `json:"refugee_convention_1951"`
	RefugeeConventionAccession *string  `json:"refugee_convention_accession"`
	BaliProcessMember          bool     `json:"bali_process_member"`
	ASEANMember                bool     `json:"asean_member"`
	ASEANSince                 *int     `json:"asean_since"`
	SAARCMember                bool     `json:"saarc_member"`
	SAARCSince                 *int     `json:"saarc_since"`
	Note                       *string  `json:"note,omitempty"`
	Verification               string   `json:"verification"`
	Evidence                   string   `json:"evidence"`
	Confidence                 string   `json:"confidence"`
	Sources                    []Source `json:"sources"`
}

// Treaties is what a State did about the three instruments that the research followed.
type Treaties struct {
	UNTOC               TreatyAction `json:"untoc"`
	TraffickingProtocol TreatyAction `json:"trafficking_protocol"`
	SmugglingProtocol   TreatyAction `json:"smuggling_protocol"`
}

// TreatyAction is the signature of, and the consent to, one treaty. Days are partial dates of full precision.
type TreatyAction struct {
	Signed     *string `json:"signed"`
	Bound      *string `json:"bound"`
	Mode       string  `json:"mode"`
	Party      bool    `json:"party"`
	Confidence string  `json:"confidence"`
	Note       *string `json:"note,omitempty"`
}

// Source is where a fact of the four YAML files comes from. A source without an address was not opened online.
type Source struct {
	Title        string  `json:"title"`
	Publisher    string  `json:"publisher"`
	URL          *string `json:"url,omitempty"`
	DateAccessed string  `json:"date_accessed"`
}

// Citation is where a fact of the two JSON files comes from. CopyRead is the mirror that was read instead of URL.
type Citation struct {
	Title     string  `json:"title"`
	Publisher string  `json:"publisher"`
	URL       *string `json:"url"`
	CopyRead  *string `json:"copy_read,omitempty"`
	Note      *string `json:"note,omitempty"`
}

// Law is a national law.
type Law struct {
	Key                     string      `json:"key"`
	Country                 string      `json:"country"`
	Title                   string      `json:"title"`
	TitleLocal              *string     `json:"title_local"`
	Number                  *string     `json:"number"`
	Year                    int         `json:"year"`
	Adopted                 *string     `json:"adopted"`
	InForce                 *string     `json:"in_force"`
	Status                  string      `json:"status"`
	ReplacedBy              *string     `json:"replaced_by,omitempty"`
	AmendedBy               []Amendment `json:"amended_by"`
	Themes                  []string    `json:"themes"`
	CriminalisesTrafficking string      `json:"criminalises_trafficking"`
	CriminalisesSmuggling   string      `json:"criminalises_smuggling"`
	Elements                Elements    `json:"elements"`
	Penalties               Penalties   `json:"penalties"`
	KeyArticles             []string    `json:"key_articles"`
	Summary                 string      `json:"summary"`
	Note                    *string     `json:"note,omitempty"`
	Verification            string      `json:"verification"`
	Evidence                string      `json:"evidence"`
	Confidence              string      `json:"confidence"`
	Sources                 []Source    `json:"sources"`
}

// Amendment is a law that changed another one. Key is set where the amending law is itself in the catalogue.
type Amendment struct {
	Title  string  `json:"title"`
	Number *string `json:"number"`
	Year   int     `json:"year"`
	Key    *string `json:"key"`
}

// Elements lists the offence elements that a first reading found in a law. Silence is "not examined", not "absent".
type Elements struct {
	Trafficking []string `json:"trafficking"`
	Smuggling   []string `json:"smuggling"`
}

// Penalties is the highest prison term per theme, null where it was not established.
type Penalties struct {
	Trafficking *MaxPenalty `json:"trafficking_max_years"`
	Smuggling   *MaxPenalty `json:"smuggling_max_years"`
	Note        *string     `json:"note,omitempty"`
}

// MaxPenalty is a number of years or imprisonment for life; the files write the latter as "life".
type MaxPenalty struct {
	Years int // 0 where Life
	Life  bool
}

// MarshalJSON writes what the files hold: a number or "life".
func (p MaxPenalty) MarshalJSON() ([]byte, error) {
	if p.Life {
		return []byte(`"life"`), nil
	}
	return strconv.AppendInt(nil, int64(p.Years), 10), nil
}

// UnmarshalJSON reads a number or "life" and nothing else.
func (p *MaxPenalty) UnmarshalJSON(b []byte) error {
	if string(b) == `"life"` {
		*p = MaxPenalty{Life: true}
		return nil
	}
	years, err := strconv.Atoi(string(b))
	if err != nil {
		return fmt.Errorf("%s is no term of imprisonment; expected a whole number of years or \"life\"", b)
	}
	*p = MaxPenalty{Years: years}
	return nil
}

// Policy is a national plan or strategy, or a regional work plan.
type Policy struct {
	Key           string        `json:"key"`
	Country       string        `json:"country"` // alpha-3, or REG for the regional chapter
	Title         string        `json:"title"`
	Number        *string       `json:"number"`
	PeriodFrom    *int          `json:"period_from"`
	PeriodTo      *int          `json:"period_to"`
	Status        string        `json:"status"`
	LeadAuthority string        `json:"lead_authority"`
	Themes        []string      `json:"themes"`
	Comprehensive Comprehensive `json:"comprehensive"`
	Summary       string        `json:"summary"`
	Note          *string       `json:"note,omitempty"`
	Verification  string        `json:"verification"`
	Evidence      string        `json:"evidence"`
	Confidence    string        `json:"confidence"`
	Sources       []Source      `json:"sources"`
}

// Comprehensive is a reading per theme: does the policy cover prevention, protection, prosecution and cooperation.
type Comprehensive struct {
	Trafficking string `json:"trafficking"`
	Smuggling   string `json:"smuggling"`
}

// Mechanism is a coordination mechanism: a committee, an agreement, a regional process.
type Mechanism struct {
	Key                 string   `json:"key"`
	Scope               string   `json:"scope"`
	Country             *string  `json:"country"`
	Type                string   `json:"type"`
	Name                string   `json:"name"`
	Acronym             *string  `json:"acronym"`
	Members             []string `json:"members"`
	MemberOrganisations []string `json:"member_organisations"` // acronyms; OrganisationKey gives the actor
	Year                *int     `json:"year"`
	Date                *string  `json:"date"`
	Secretariat         *string  `json:"secretariat"`
	Status              string   `json:"status"`
	Themes              []string `json:"themes"`
	Related             []string `json:"related,omitempty"`
	Subject             *string  `json:"subject,omitempty"`
	Mandate             string   `json:"mandate"`
	Note                *string  `json:"note,omitempty"`
	Verification        string   `json:"verification"`
	Evidence            string   `json:"evidence"`
	Confidence          string   `json:"confidence"`
	Sources             []Source `json:"sources"`
}

// Actor is an authority, an organisation or a donor.
type Actor struct {
	Key                  string     `json:"key"`
	Name                 string     `json:"name"`
	Acronym              *string    `json:"acronym"`
	Kind                 string     `json:"kind"`
	Roles                []string   `json:"roles"`
	Country              *string    `json:"country"`
	Chapters             []string   `json:"chapters"`
	Parent               *string    `json:"parent"`
	MandateSummary       string     `json:"mandate_summary"`
	Website              *string    `json:"website"`
	Sources              []Citation `json:"sources"`
	Confidence           string     `json:"confidence"`
	Note                 *string    `json:"note,omitempty"`
	CheckedAgainstSource bool       `json:"checked_against_source"`
	VerificationStatus   string     `json:"verification_status"`
}

// Activity is one piece of technical assistance.
type Activity struct {
	Key                  string     `json:"key"`
	Title                string     `json:"title"`
	Acronym              *string    `json:"acronym"`
	Summary              string     `json:"summary"`
	Themes               []string   `json:"themes"`
	AssistanceTypes      []string   `json:"assistance_types"`
	TargetAudiences      []string   `json:"target_audiences"`
	Countries            []string   `json:"countries"`
	Regional             bool       `json:"regional"`
	OtherCountries       []string   `json:"other_countries"`
	Start                *string    `json:"start"`
	End                  *string    `json:"end"`
	Status               string     `json:"status"`
	Donors               []Donor    `json:"donors"`
	Implementers         []string   `json:"implementers"`
	Partners             []string   `json:"partners"`
	PhaseOf              *string    `json:"phase_of"`
	Follows              *string    `json:"follows"`
	ExternalIDs          []string   `json:"external_ids"`
	Sources              []Citation `json:"sources"`
	Confidence           string     `json:"confidence"`
	Note                 *string    `json:"note"`
	CheckedAgainstSource bool       `json:"checked_against_source"`
	VerificationStatus   string     `json:"verification_status"`
	FieldsInferred       bool       `json:"fields_from_own_knowledge_or_inferred"`
}

// Donor is one line of money of an activity. Amount keeps the file's own digits: no float comes near money.
type Donor struct {
	Actor         string       `json:"actor"`
	Amount        *json.Number `json:"amount"`
	Currency      *string      `json:"currency"`
	Year          *int         `json:"year"`
	Note          *string      `json:"note"`
	AmountChecked *bool        `json:"amount_checked"` // null exactly where the amount is
	DonorInferred bool         `json:"donor_identity_inferred"`
}
