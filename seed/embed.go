// Package seed is the data set that travels with the program: what the desk research found about laws, policies,
// coordination mechanisms, actors and activities, the States and groups they speak of, and exchange rates. It reads
// the files strictly, checks every value and every reference, and accounts for every leaf. docs/data.md says where
// each of them goes.
package seed

import (
	"embed"
	"io/fs"
)

//go:embed catalogue rates.csv places.yaml groups.yaml chapters.yaml governments.yaml estimates.yaml inclusion.yaml
var shipped embed.FS

// Shipped is the data set inside the program, laid out as Read expects it.
func Shipped() fs.FS { return shipped }

// The names by which problems, leaves and docs/data.md call the files. The six of the desk research lie in the folder
// catalogue and are kept byte for byte; the others, our own, stand beside it.
const (
	StatesFile     = "states.yaml"
	LawsFile       = "laws.yaml"
	PoliciesFile   = "policies.yaml"
	MechanismsFile = "mechanisms.yaml"
	ActorsFile     = "actors.json"
	ActivitiesFile = "activities.json"
	PlacesFile     = "places.yaml"
	GroupsFile     = "groups.yaml"
	ChaptersFile   = "chapters.yaml"
	RatesFile      = "rates.csv"

	GovernmentsFile = "governments.yaml"
	EstimatesFile   = "estimates.yaml"
	InclusionFile   = "inclusion.yaml"
)

// CatalogueFiles lists the six files of the desk research in the order of the accounts. It is no order of loading:
// mechanisms name actors, and activities, actors and laws name others of their own file.
func CatalogueFiles() []string {
	return []string{StatesFile, LawsFile, PoliciesFile, MechanismsFile, ActorsFile, ActivitiesFile}
}

// locate gives the place of a file inside the data set.
func locate(file string) string {
	switch file {
	case PlacesFile, GroupsFile, ChaptersFile, RatesFile, GovernmentsFile, EstimatesFile, InclusionFile:
		return file
	}
	return "catalogue/" + file
}
