package seed

import (
	"slices"
	"testing"

	"adam/internal/term"
)

func TestThemesBecomeThemesAndTopics(t *testing.T) {
	themes, topics := Subjects(LawsFile, []string{"refugee", "smuggling", "immigration", "trafficking"})
	if !slices.Equal(themes, []term.Theme{term.Trafficking, term.Smuggling}) {
		t.Errorf("the themes are %v", themes)
	}
	if !slices.Equal(topics, []term.Topic{term.TopicImmigration, term.TopicRefugeeProtection}) {
		t.Errorf("the topics are %v", topics)
	}
	if themes, topics := Subjects(ActivitiesFile, []string{"refugee"}); themes != nil || topics != nil {
		t.Errorf("activities.json does not know the word refugee, but it became %v and %v", themes, topics)
	}
}

// One pair of words means the same; everything else that sounds alike stays apart.
func TestTheSpellingOfEachFileIsFoundAgain(t *testing.T) {
	for _, test := range []struct {
		file  string
		topic term.Topic
		word  string
	}{
		{LawsFile, term.TopicRefugeeProtection, "refugee"},
		{ActivitiesFile, term.TopicRefugeeProtection, "refugee_protection"},
		{LawsFile, term.TopicImmigration, "immigration"},
		{ActivitiesFile, term.TopicBorderManagement, "border_management"},
		{ActivitiesFile, term.TopicIrregularMigration, "irregular_migration"},
		{MechanismsFile, term.TopicOrganisedCrime, "organised_crime"},
	} {
		if word, ok := Spelling(test.file, test.topic); !ok || word != test.word {
			t.Errorf("%s spells %s %q; expected %q", test.file, test.topic, word, test.word)
		}
	}
	if word, ok := Spelling(PoliciesFile, term.TopicImmigration); ok {
		t.Errorf("policies.yaml has no word for IMMIGRATION, but %q was found", word)
	}
	if word, ok := Spelling(PoliciesFile, term.Smuggling); !ok || word != "smuggling" {
		t.Errorf("policies.yaml spells SMUGGLING %q", word)
	}
}

func TestThemesOfEveryRecordCanBeWrittenBack(t *testing.T) {
	f := shippedFiles(t)
	check := func(file, key string, words []string) {
		themes, topics := Subjects(file, words)
		var back []string
		for _, code := range themes {
			word, _ := Spelling(file, code)
			back = append(back, word)
		}
		for _, code := range topics {
			word, _ := Spelling(file, code)
			back = append(back, word)
		}
		slices.Sort(back)
		if want := slices.Sorted(slices.Values(words)); !slices.Equal(back, want) {
			t.Errorf("%s, %s: %v came back as %v", file, key, want, back)
		}
	}
	for _, l := range f.Laws {
		check(LawsFile, l.Key, l.Themes)
	}
	for _, p := range f.Policies {
		check(PoliciesFile, p.Key, p.Themes)
	}
	for _, m := range f.Mechanisms {
		check(MechanismsFile, m.Key, m.Themes)
	}
	for _, a := range f.Activities {
		check(ActivitiesFile, a.Key, a.Themes)
	}
}

func TestEveryTopicOfTheProgramComesFromTheData(t *testing.T) {
	used := map[string]bool{}
	for _, list := range subjects {
		for _, s := range list {
			if s.topic != "" {
				used[string(s.topic)] = true
			}
		}
	}
	if got := sortedKeys(used); !slices.Equal(got, slices.Sorted(slices.Values(term.Topic("").Values()))) {
		t.Errorf("the files name the topics %v, the program knows %v", got, term.Topic("").Values())
	}
}
