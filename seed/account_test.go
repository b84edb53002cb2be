package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The desk research is kept as it came. Whoever replaces a file by a newer one changes its digest here on purpose.
func TestTheSixFilesAreKeptByteForByte(t *testing.T) {
	for file, want := range map[string]string{
		StatesFile:     "58bd8c6af45db833473072b7ca635d92629d634dfb8332adeb5681531b7a6b06",
		LawsFile:       "b9d4c650cab0b265fda55c7eb6f2a23316d269ff18f30d7375441424feee0694",
		PoliciesFile:   "9600a84e801c72e12e82185045af998f26249a871599d131c39487c5cc159738",
		MechanismsFile: "701e47e40b26210d737dfaf62260c3542f46a32b62f494afa141cec8f64a623d",
		ActorsFile:     "1062cf6277a94701fe1645f16d3db4e355456b15a1c47831455d21073f55a7f1",
		ActivitiesFile: "d2d3319519027b9669fd41a23ebc5a2a62030eefff445746e36980ec0ea4d1b9",
	} {
		data, err := fs.ReadFile(Shipped(), locate(file))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s is not the file that the desk research left: its digest is %x", file, sum)
		}
	}
}

func leaves(t *testing.T) []Leaf {
	t.Helper()
	all, err := Leaves(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryLeafIsCounted(t *testing.T) {
	perFile := map[string]int{}
	for _, l := range leaves(t) {
		perFile[l.File]++
		if l.Record == "" || strings.HasPrefix(l.Record, "record ") || l.Path == "" {
			t.Errorf("a leaf has no place: %+v", l)
		}
	}
	want := map[string]int{StatesFile: 689, LawsFile: 2359, PoliciesFile: 749, MechanismsFile: 1903, ActorsFile: 3279, ActivitiesFile: 7244}
	for file, n := range want {
		if perFile[file] != n {
			t.Errorf("%s has %d leaves; expected %d", file, perFile[file], n)
		}
	}
}

// The structs lose nothing: written as JSON they give back every leaf of the files, and none besides.
func TestTheStructsHoldEveryLeaf(t *testing.T) {
	f := shippedFiles(t)
	var rebuilt []Leaf
	for file, records := range map[string]any{
		StatesFile: f.States, LawsFile: f.Laws, PoliciesFile: f.Policies, MechanismsFile: f.Mechanisms, ActorsFile: f.Actors, ActivitiesFile: f.Activities,
	} {
		list, err := Flatten(file, records)
		if err != nil {
			t.Fatal(err)
		}
		rebuilt = append(rebuilt, list...)
	}
	for _, d := range Diff(leaves(t), rebuilt) {
		t.Error(d)
	}
}

func TestLeavesAreReadWithoutTheStructs(t *testing.T) {
	const records = `[{"key":"a","new":{"field":[1.50,null,true,"x<y"],"none":[],"nothing":{}},"list":[{"b":"c"},{"b":"d"}]}]`
	all := fstest.MapFS{}
	for _, file := range CatalogueFiles() {
		all[locate(file)] = &fstest.MapFile{Data: []byte("[]")}
	}
	all[locate(ActorsFile)] = &fstest.MapFile{Data: []byte(records)}
	got, err := Leaves(all)
	if err != nil {
		t.Fatal(err)
	}
	at := func(at, path, value string) Leaf { return Leaf{ActorsFile, "a", at, path, value} }
	want := []Leaf{
		at("key", "key", `"a"`), at("list[0].b", "list[].b", `"c"`), at("list[1].b", "list[].b", `"d"`),
		at("new.field[0]", "new.field[]", "1.50"), at("new.field[1]", "new.field[]", "null"),
		at("new.field[2]", "new.field[]", "true"), at("new.field[3]", "new.field[]", `"x<y"`),
		at("new.none[]", "new.none[]", "[]"), at("new.nothing", "new.nothing", "{}"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("expected\n%v\nfound\n%v", want, got)
	}
	if counts := Count(got); counts[2] != (PathCount{ActorsFile, "new.field[]", 4}) {
		t.Errorf("the counts are %v", counts)
	}
}

func TestLeavesOfABrokenFileAreAnError(t *testing.T) {
	if _, err := Leaves(edited(t, ActorsFile, "[", "")); err == nil || !strings.HasPrefix(err.Error(), "actors.json, ") {
		t.Errorf("expected an error that names actors.json, found %v", err)
	}
	if _, err := Flatten(ActorsFile, Actor{}); err == nil {
		t.Error("one record is no list of records; expected an error")
	}
	if _, err := Flatten(ActorsFile, []any{func() {}}); err == nil {
		t.Error("a function is no value; expected an error")
	}
}

func TestDiffSeesEveryDifferenceAndNoOther(t *testing.T) {
	flat := func(a Activity) []Leaf {
		list, err := Flatten(ActivitiesFile, []Activity{a})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	f := copied(t)
	a := *one(t, f.Activities, func(a Activity) string { return a.Key }, "artip")
	want := flat(a)

	slices.Reverse(a.Countries)
	slices.Reverse(a.Themes)
	if d := Diff(want, flat(a)); d != nil {
		t.Errorf("the order of a set is no difference, but Diff said %q", d)
	}
	a.Donors = slices.Clone(a.Donors)
	a.Donors[0].Amount = ptr(json.Number("21000000.5"))
	a.Countries = a.Countries[1:]
	a.Implementers = append(slices.Clone(a.Implementers), "cardno")
	slices.Reverse(a.Sources)
	got := Diff(want, flat(a))
	for _, s := range []string{
		`activities.json, artip: donors[0].amount is 21000000 in the file and was not rebuilt so`,
		`activities.json, artip: donors[0].amount was rebuilt as 21000000.5, which the file does not say`,
		`activities.json, artip: countries[5] is "VNM" in the file and was not rebuilt so`,
		`activities.json, artip: implementers[0] was rebuilt as "cardno", which the file does not say`,
		`activities.json, artip: sources[0].title is "AAPTIP program fact sheet" in the file and was not rebuilt so`,
	} {
		if !slices.Contains(got, s) {
			t.Errorf("Diff did not say %q; it said\n%s", s, strings.Join(got, "\n"))
		}
	}
}

func TestTheOrderOfArticlesIsKept(t *testing.T) {
	flat := func(articles ...string) []Leaf {
		list, err := Flatten(LawsFile, []map[string]any{{"key": "a", "key_articles": articles}})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if Diff(flat("510", "511"), flat("511", "510")) == nil {
		t.Error("articles in another order are a difference")
	}
}
