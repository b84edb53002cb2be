package people

import (
	"sync/atomic"
	"time"
)

// Pace is the grid on which refusals are given. Most tests refuse faster.
var Pace = pace

func init() { pace = time.Millisecond }

// UsePace gives refusals on the grid of production until stop.
func UsePace() (stop func()) {
	pace = Pace
	return func() { pace = time.Millisecond }
}

// MostStrangers is how many addresses without an account are counted.
const MostStrangers = mostStrangers

// MostOfNetwork and MostVisitors are how many sessions of visitors there may be.
const (
	MostOfNetwork = mostOfNetwork
	MostVisitors  = mostVisitors
)

// WatchHashes counts how many hashes run at once, and tells the most and how many ran in all. stop ends it.
func WatchHashes() (most, all *atomic.Int64, stop func()) {
	real := idKey
	var now atomic.Int64
	most, all = new(atomic.Int64), new(atomic.Int64)
	idKey = func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte {
		n := now.Add(1)
		defer now.Add(-1)
		all.Add(1)
		for {
			old := most.Load()
			if n <= old || most.CompareAndSwap(old, n) {
				break
			}
		}
		return real(password, salt, time, memory, threads, keyLen)
	}
	return most, all, func() { idKey = real }
}

// Strangers is how many addresses without an account are counted now, and Begin counts a try at one.
func (k *Keeper) Strangers() int { return k.strangers.order.Len() }

// BeginStranger counts a try at an address without an account.
func (k *Keeper) BeginStranger(folded string) error { return k.strangers.begin(folded, k.Now()) }
