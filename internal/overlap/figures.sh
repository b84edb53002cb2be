#!/bin/sh
# figures.sh DIR [ADAM] prints the quality of the program ADAM (by default: adam) on the labelled list in DIR, for both kinds of
# overlaps, and how long each took. DIR holds activities.jsonl, latent.jsonl, pairs_A.tsv and, for kind B, pairs_B.tsv; where
# it holds eval.py, that judges too. It needs Go, and is started in a copy of the source.
set -eu
[ $# -ge 1 ] || { echo "Say which folder the labelled list is in: figures.sh DIR [ADAM]" >&2; exit 2; }
dir=$(cd "$1" && pwd)
adam=${2:-adam}
scores=$(mktemp -d)
trap 'rm -rf "$scores"' EXIT
for kind in A B; do
	[ -f "$dir/pairs_$kind.tsv" ] || continue
	before=$(date +%s)
	"$adam" overlaps score "$dir/activities.jsonl" --kind "$kind" >"$scores/$kind.tsv"
	echo "$kind: scored in $(($(date +%s) - before)) s"
	if [ -f "$dir/eval.py" ]; then
		python3 "$dir/eval.py" "$dir" "$kind" "$scores/$kind.tsv"
	fi
done
cd "$(dirname "$0")/../.."
ADAM_OVERLAP_DATA=$dir ADAM_OVERLAP_SCORES=$scores go test ./internal/overlap -count=1 -v -run '^TestScoresOfALabelledList$' | sed -n 's/^ *scores_test.go:[0-9]*: //p'
