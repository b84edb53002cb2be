package seed

import (
	"slices"
	"strconv"
	"testing"

	"adam/internal/term"
)

// codeOf says, for every path of the files that holds words of a closed list, which list of the program takes them and
// by what rule; nil where the rule is the word in capitals.
var codeOf = map[string]struct {
	values []string
	words  map[string]string
}{
	"states.yaml treaties.untoc.mode":                      {values: term.TreatyMode("").Values()},
	"states.yaml treaties.trafficking_protocol.mode":       {values: term.TreatyMode("").Values()},
	"states.yaml treaties.smuggling_protocol.mode":         {values: term.TreatyMode("").Values()},
	"states.yaml treaties.untoc.confidence":                {values: term.Confidence("").Values()},
	"states.yaml treaties.trafficking_protocol.confidence": {values: term.Confidence("").Values()},
	"states.yaml treaties.smuggling_protocol.confidence":   {values: term.Confidence("").Values()},
	"states.yaml evidence":                                 {values: term.Evidence("").Values()},
	"states.yaml confidence":                               {values: term.Confidence("").Values()},
	"laws.yaml status":                                     {values: term.LawStatus("").Values()},
	"laws.yaml criminalises_trafficking":                   {term.Criminalisation("").Values(), map[string]string{"yes": "YES", "partly": "PARTLY", "no": "NOT_EXAMINED"}},
	"laws.yaml criminalises_smuggling":                     {term.Criminalisation("").Values(), map[string]string{"yes": "YES", "partly": "PARTLY", "no": "NOT_EXAMINED"}},
	"laws.yaml elements.trafficking[]":                     {values: term.OffenceElement("").Values()},
	"laws.yaml elements.smuggling[]":                       {values: term.OffenceElement("").Values()},
	"laws.yaml evidence":                                   {values: term.Evidence("").Values()},
	"laws.yaml confidence":                                 {values: term.Confidence("").Values()},
	"policies.yaml status":                                 {values: term.PolicyStatus("").Values()},
	"policies.yaml comprehensive.trafficking":              {term.Comprehensiveness("").Values(), map[string]string{"yes": "COMPREHENSIVE", "no": "NOT_EXAMINED"}},
	"policies.yaml comprehensive.smuggling":                {term.Comprehensiveness("").Values(), map[string]string{"yes": "COMPREHENSIVE", "no": "NOT_EXAMINED"}},
	"policies.yaml evidence":                               {values: term.Evidence("").Values()},
	"policies.yaml confidence":                             {values: term.Confidence("").Values()},
	"mechanisms.yaml scope":                                {values: term.MechanismLevel("").Values()},
	"mechanisms.yaml type":                                 {values: term.MechanismForm("").Values()},
	"mechanisms.yaml status":                               {values: term.MechanismStatus("").Values()},
	"mechanisms.yaml evidence":                             {values: term.Evidence("").Values()},
	"mechanisms.yaml confidence":                           {values: term.Confidence("").Values()},
	"actors.json kind":                                     {values: term.ActorKind("").Values()},
	"actors.json confidence":                               {values: term.Confidence("").Values()},
	"activities.json assistance_types[]":                   {values: term.AssistanceType("").Values()},
	"activities.json target_audiences[]":                   {values: term.Audience("").Values()},
	"activities.json status":                               {term.ActivityStatus("").Values(), map[string]string{"completed": "CLOSED", "ongoing": "IMPLEMENTATION", "unknown": "UNKNOWN"}},
	"activities.json confidence":                           {values: term.Confidence("").Values()},
}

// Every word that a file ships is a code of the program.
func TestEveryShippedWordIsACode(t *testing.T) {
	met := map[string]bool{}
	for _, l := range leaves(t) {
		path := l.File + " " + l.Path
		list, ok := codeOf[path]
		if !ok || l.Value == "[]" {
			continue
		}
		met[path] = true
		word, err := strconv.Unquote(l.Value)
		if err != nil {
			t.Fatalf("%s, %s: %s is no text", path, l.Record, l.Value)
		}
		want := string(code[term.Topic](word))
		if list.words != nil {
			want = list.words[word]
		}
		if !slices.Contains(list.values, want) {
			t.Errorf("%s, %s: %q becomes %q, which is none of %v", path, l.Record, word, want, list.values)
		}
	}
	for _, path := range sortedKeys(codeOf) {
		if !met[path] {
			t.Errorf("no file has %s: the test has gone stale", path)
		}
	}
}

// What Validate lets pass, the database must take: each word that a file may use is a code of the program.
func TestEveryWordThatAFileMayUseIsACode(t *testing.T) {
	for what, list := range map[string]struct {
		words  words
		values []string
	}{
		"law statuses": {lawStatuses, term.LawStatus("").Values()}, "policy statuses": {policyStatuses, term.PolicyStatus("").Values()},
		"mechanism statuses": {mechanismStatuses, term.MechanismStatus("").Values()}, "scopes": {mechanismScopes, term.MechanismLevel("").Values()},
		"treaty modes": {treatyModes, term.TreatyMode("").Values()}, "starts": {chapterStarts, term.ReviewStatus("").Values()},
		"confidences": {confidences, term.Confidence("").Values()}, "evidences": {evidences, term.Evidence("").Values()},
		"groups": {groups, term.Group("").Values()},
	} {
		for _, w := range list.words {
			if c := string(code[term.Topic](w)); !slices.Contains(list.values, c) {
				t.Errorf("%s: %q becomes %q, which is none of %v", what, w, c, list.values)
			}
		}
	}
	for _, w := range criminalised {
		if criminalisation[w] == "" {
			t.Errorf("%q is a reading of a law and becomes nothing", w)
		}
	}
	for _, w := range comprehensive {
		if comprehensiveness[w] == "" {
			t.Errorf("%q is a reading of a policy and becomes nothing", w)
		}
	}
	for _, w := range activityStatuses {
		if statuses[w] == "" {
			t.Errorf("%q is a status of an activity and becomes nothing", w)
		}
	}
}
