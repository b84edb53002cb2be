package seed

import (
	"slices"

	"adam/internal/term"
)

// The files call everything that a record is about a theme. The catalogue has two themes; what else the files name
// is a topic. They spell one topic differently by file, so the table is by file, and one spelling stands for one code
// in each: whoever writes a file back finds the word that it used.
var subjects = map[string][]subject{
	LawsFile: {trafficking, smuggling,
		{word: "child_protection", topic: term.TopicChildProtection},
		{word: "immigration", topic: term.TopicImmigration},
		{word: "labour_migration", topic: term.TopicLabourMigration},
		{word: "organised_crime", topic: term.TopicOrganisedCrime},
		{word: "refugee", topic: term.TopicRefugeeProtection}},
	PoliciesFile: {trafficking, smuggling,
		{word: "child_protection", topic: term.TopicChildProtection},
		{word: "labour_migration", topic: term.TopicLabourMigration}},
	MechanismsFile: {trafficking, smuggling,
		{word: "child_protection", topic: term.TopicChildProtection},
		{word: "immigration", topic: term.TopicImmigration},
		{word: "labour_migration", topic: term.TopicLabourMigration},
		{word: "organised_crime", topic: term.TopicOrganisedCrime}},
	ActivitiesFile: {trafficking, smuggling,
		{word: "border_management", topic: term.TopicBorderManagement},
		{word: "irregular_migration", topic: term.TopicIrregularMigration},
		{word: "labour_migration", topic: term.TopicLabourMigration},
		{word: "refugee_protection", topic: term.TopicRefugeeProtection}},
}

type subject struct {
	word  string
	theme term.Theme // one of theme and topic is set
	topic term.Topic
}

var (
	trafficking = subject{word: "trafficking", theme: term.Trafficking}
	smuggling   = subject{word: "smuggling", theme: term.Smuggling}
)

// Subjects sorts the themes of a record of a file into the catalogue's themes and topics. A word that the file may
// not use is left out; Validate has said so.
func Subjects(file string, spellings []string) (themes []term.Theme, topics []term.Topic) {
	for _, s := range subjects[file] {
		switch {
		case !slices.Contains(spellings, s.word):
		case s.theme != "":
			themes = append(themes, s.theme)
		default:
			topics = append(topics, s.topic)
		}
	}
	return themes, topics
}

// Spelling gives the word by which a file names a theme or a topic, so that the file can be written back.
func Spelling[T term.Theme | term.Topic](file string, code T) (string, bool) {
	for _, s := range subjects[file] {
		if string(s.theme) == string(code) || string(s.topic) == string(code) {
			return s.word, true
		}
	}
	return "", false
}

func subjectWords(file string) words {
	var out words
	for _, s := range subjects[file] {
		out = append(out, s.word)
	}
	return out
}
