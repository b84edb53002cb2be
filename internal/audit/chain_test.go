package audit

import "testing"

// The encoding under the hash must never read alike for two entries, or one could pass for the other.
func TestNoTwoEntriesAreHashedAlike(t *testing.T) {
	seen := map[string]link{}
	for _, l := range []link{
		{}, {Seq: "1"}, {At: "1"}, {Kind: "1"}, {Person: "1"}, {Subject: "1"}, {Summary: "1"}, {DetailHash: "1"}, {Previous: "1"},
		{Seq: "11"}, {Seq: "1", At: "1"}, {Person: "12", Subject: "3"}, {Person: "1", Subject: "23"},
		{Summary: "a,1:b"}, {Summary: "a", DetailHash: "b"}, {Summary: "a,0:,b"}, {Summary: "a\nb"}, {Kind: "a", Person: "0:,"},
	} {
		if other, ok := seen[l.sum()]; ok {
			t.Errorf("%+v and %+v have one hash", l, other)
		}
		seen[l.sum()] = l
	}
}

// A log that was written must verify for ever: the hash of an entry may never change.
func TestTheHashOfAnEntryIsFixed(t *testing.T) {
	l := link{Seq: "1", At: "2026-11-24T12:00:00Z", Kind: "CHANGED", Person: "0", Subject: "0", Summary: "ລາວ", Previous: origin}
	// printf '1:1,20:2026-11-24T12:00:00Z,7:CHANGED,1:0,1:0,9:ລາວ,0:,64:000…000,' | sha256sum
	if got := l.sum(); got != "7314df0a8dcd2771e0789783439bf77d8458418d2bb2f73227a4eced5965b3bd" {
		t.Errorf("the hash is %s", got)
	}
	if got := detailHash("00", "x"); got != "9272a6cabef0a6c95961d910db881588f32e462ba86664c4cdad0156e5fb9d41" { // printf '00\nx' | sha256sum
		t.Errorf("the hash of the detail is %s", got)
	}
}
