package graph_test

import (
	"fmt"
	"sort"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	s := seen(t)
	for _, v := range []who{member, iom, desk} {
		qs := s.portraits()
		type x struct {
			d time.Duration
			q string
			n int
		}
		var xs []x
		for _, q := range qs {
			st := time.Now()
			r := answered(graphQL.Ask(s.world.viewer(v), s.real[v], q))
			xs = append(xs, x{time.Since(st), q.Text, len(r.body)})
		}
		sort.Slice(xs, func(i, j int) bool { return xs[i].d > xs[j].d })
		var sum time.Duration
		for _, a := range xs {
			sum += a.d
		}
		fmt.Println(v, len(qs), sum)
		for _, i := range []int{0, 1, 2, 5, 10, 20, 40, 80, 120, 200, 300} {
			if i < len(xs) {
				fmt.Printf("%d %v %d %.150s\n", i, xs[i].d, xs[i].n, xs[i].q)
			}
		}
	}
}
