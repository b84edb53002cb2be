package iati

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// damaged changes a sound file in a few places, as editors and programs do.
func damaged(r *rand.Rand, file []byte) []byte {
	values := []string{"", "x y", "-1", "é", "1e5", "2009-02-31", "99999999999", "http://[", "%zz", " a ", "a/b", "2009", "12.5", "KH", "98", "99", "true"}
	file = bytes.Clone(file)
	for range 1 + r.IntN(6) {
		i := r.IntN(len(file))
		j, at := min(len(file), i+r.IntN(100)), r.IntN(len(file))
		switch r.IntN(4) {
		case 0:
			file[i] = byte(' ' + r.IntN(90))
		case 1: // something is lost
			file = append(file[:i:i], file[j:]...)
		case 2: // something stands there twice
			file = append(file[:at:at], append(bytes.Clone(file[i:j]), file[at:]...)...)
		default: // another value in an attribute
			parts := bytes.Split(file, []byte{'"'})
			if k := 1 + 2*r.IntN(len(parts)/2); k < len(parts) {
				parts[k] = []byte(values[r.IntN(len(values))])
				file = bytes.Join(parts, []byte{'"'})
			}
		}
	}
	return file
}

func TestWhatComesFromDamagedFilesIsWrittenSoundly(t *testing.T) {
	good, _ := write(t, writing, sound())
	r := rand.New(rand.NewPCG(1, 2))
	var list []*Activity
	for len(list) < 400 {
		file := good
		if r.IntN(2) == 0 {
			file = []byte(old)
		}
		// A file that is refused has given nothing, and is not what is tried here.
		_, _ = Read(bytes.NewReader(damaged(r, file)), Options{}, func(a *Activity) error { list = append(list, a); return nil })
	}
	out, did := write(t, writing, list...)
	if did.Count+len(did.LeftOut) != len(list) || did.Count < len(list)/2 {
		t.Errorf("%d written and %d left out of %d", did.Count, len(did.LeftOut), len(list))
	}
	valid(t, "activities", out)
	back, rep := readAll(t, out)
	if len(back) != did.Count || rep.Errors > 0 || rep.Counts[BadShape] > 0 {
		t.Errorf("%d read of %d: %v", len(back), did.Count, rep.Problems)
	}
	again, _ := write(t, writing, back...)
	if !bytes.Equal(withoutList(out), withoutList(again)) {
		t.Error("the second file differs from the first")
	}
}
