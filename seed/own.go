package seed

// The files below are our own, made beside those of the desk research so that every code in them means something.

// Place is a State or territory without a chapter that the files name.
type Place struct {
	Code         string  `json:"code"` // ISO 3166-1 alpha-3
	Alpha2       string  `json:"alpha2"`
	M49          string  `json:"m49"` // three digits
	Name         string  `json:"name"`
	OfficialName string  `json:"official_name"`
	Subregion    string  `json:"subregion"`
	Note         *string `json:"note,omitempty"`
}

// Membership is a State's membership of a group, beside those that states.yaml already holds.
type Membership struct {
	Group      string  `json:"group"`
	Code       string  `json:"code"`
	Since      *string `json:"since"` // a partial date
	Note       *string `json:"note"`
	Evidence   string  `json:"evidence"`
	Confidence string  `json:"confidence"`
}

// Chapter is one of the 15 parts of the catalogue.
type Chapter struct {
	Code     string `json:"code"`
	Title    string `json:"title"`
	TimeZone string `json:"time_zone"` // IANA name
	Starts   string `json:"starts"`    // suspended or not_opened
}

// Rate is what one US dollar cost in a currency, averaged over a year. PerUSD keeps the digits of the file.
type Rate struct {
	Currency string
	Year     int
	PerUSD   string
}

// Government says whose money a donor agency gives.
type Government struct {
	Actor string `json:"actor"`
	State string `json:"state"`
}

// Estimate is a line of money that neither donor nor implementer stated. Line counts the activity's donors from 1.
type Estimate struct {
	Activity string `json:"activity"`
	Line     int    `json:"line"`
	Because  string `json:"because"`
}

// Inclusion is what the catalogue takes in of a theme.
type Inclusion struct {
	Theme  string  `json:"theme"`
	Begins *string `json:"begins"` // a partial date
	Note   string  `json:"note"`
}
