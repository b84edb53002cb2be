package codelist

import (
	"fmt"

	"adam/internal/exchange/iati"
	"adam/internal/term"
)

// Tables says where the lists of this program do not agree with each other: nothing, unless a list was changed alone.
func Tables() (out []string) {
	wrong := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, name := range term.ActivityStatus("").Values() {
		status := term.ActivityStatus(name)
		code := iati.StatusCode(status)
		switch {
		case status == term.StatusUnknown && code != "":
			wrong("The unknown status has the code %s of ActivityStatus.", code)
		case status != term.StatusUnknown && (iati.Lookup("ActivityStatus", code) == nil || iati.StatusOf(code) != status):
			wrong("The status %s has no code of ActivityStatus that stands for it alone.", name)
		}
	}
	for _, code := range iati.Codes("OrganisationRole") {
		role, ok := iati.RoleOf(code.Code)
		if back, also := iati.RoleCode(role); !ok || !also || back != code.Code {
			wrong("The code %s of OrganisationRole stands for no role.", code.Code)
		}
	}
	for _, code := range iati.Codes("Sector") {
		if len(code.Code) != 5 || iati.Lookup("SectorCategory", code.Code[:3]) == nil && !code.Withdrawn {
			wrong("The code %s of Sector is in no category of SectorCategory.", code.Code)
		}
	}
	for _, code := range iati.Codes("Country") {
		if code.Alpha3 != "" && iati.Alpha2(code.Alpha3) != code.Code {
			wrong("The code %s of Country has an alpha-3 code that another one has too.", code.Code)
		}
	}
	for _, code := range iati.StandardRules().Sectors {
		if iati.Lookup("Sector", code) == nil {
			wrong("The rules of what belongs to this field name the code %s, which Sector does not have.", code)
		}
	}
	return out
}
