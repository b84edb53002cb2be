package querygen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// level is one set of fields: the names under which they answer, each once, so that none has to be merged.
type level struct {
	taken map[string]bool
	parts []string
}

// selection writes a set of fields of a type within a room. It is never empty.
func (b *builder) selection(t *ast.Definition, r room, path []string) string {
	if f := b.again(t, r); f != "" {
		return "{ ..." + f + " }"
	}
	l := &level{taken: map[string]bool{}}
	b.fields(l, t, r, path)
	if t.IsAbstractType() {
		b.onTypes(l, t, r, path)
	}
	if len(l.parts) == 0 || b.chance(5) {
		l.parts = append(l.parts, "__typename")
	}
	text := "{ " + strings.Join(l.parts, " ") + " }"
	if len(path) > 0 && len(b.fragments) < 4 && b.chance(10) {
		return "{ ..." + b.fragment(t, text, r) + " }"
	}
	return text
}

// again spreads a fragment a second time.
func (b *builder) again(t *ast.Definition, r room) string {
	for _, f := range b.fragments {
		if f.on == t.Name && f.depth <= r.depth && f.cost <= r.cost && b.chance(50) {
			return f.name
		}
	}
	return ""
}

func (b *builder) fragment(t *ast.Definition, text string, r room) string {
	f := fragment{name: fmt.Sprint("f", len(b.fragments)), on: t.Name, text: text, depth: r.depth, cost: r.cost}
	b.fragments = append(b.fragments, f)
	return f.name
}

// fields adds some fields of a type: one to six, now and then all that hold a value.
func (b *builder) fields(l *level, t *ast.Definition, r room, path []string) {
	all := fieldsOf(t)
	if t.Kind == ast.Union || len(all) == 0 {
		return
	}
	if b.chance(8) {
		for _, f := range all {
			if b.isLeaf(f) && len(f.Arguments) == 0 {
				b.used[t.Name+"."+f.Name]++
				b.add(l, t, f, r, path)
			}
		}
	}
	most := 1 + b.random.IntN(6)
	if t == b.schema.Query {
		most = 1 + b.random.IntN(2)
	}
	for range most {
		fit := slices.DeleteFunc(slices.Clone(all), func(f *ast.FieldDefinition) bool { return !b.fits(f, r) })
		if len(fit) == 0 {
			return
		}
		b.add(l, t, pick(b.Generator, fit, func(f *ast.FieldDefinition) string { return t.Name + "." + f.Name }), r, path)
	}
}

func (b *builder) isLeaf(f *ast.FieldDefinition) bool {
	kind := b.schema.Types[f.Type.Name()].Kind
	return kind == ast.Scalar || kind == ast.Enum
}

// fits tells whether a field has room: one with fields of its own needs a level for them.
func (b *builder) fits(f *ast.FieldDefinition, r room) bool {
	if b.tokens > mostTokens {
		return false
	}
	return b.isLeaf(f) || r.depth > 1 && r.cost > 8
}

// onTypes adds what types behind an interface or a union have of their own.
func (b *builder) onTypes(l *level, t *ast.Definition, r room, path []string) {
	possible := b.schema.GetPossibleTypes(t)
	if len(possible) == 0 {
		return
	}
	for range 1 + b.random.IntN(3) {
		p := pick(b.Generator, possible, func(p *ast.Definition) string { return "on " + p.Name })
		inner := &level{taken: l.taken}
		b.fields(inner, p, r, path)
		if len(inner.parts) > 0 {
			l.parts = append(l.parts, "... on "+p.Name+" { "+strings.Join(inner.parts, " ")+" }")
		}
	}
}

// add writes one field, under another name where its own is taken.
func (b *builder) add(l *level, t *ast.Definition, f *ast.FieldDefinition, r room, path []string) {
	name, alias := f.Name, ""
	if l.taken[name] || b.aliases < mostAliases && b.chance(8) {
		if b.aliases >= mostAliases {
			return
		}
		b.aliases++
		name = fmt.Sprint("a", b.aliases)
		alias = name + ": "
	}
	l.taken[name] = true
	at := append(slices.Clone(path), name)
	args, size := b.arguments(t, f, r, at)
	b.tokens += 3
	text := alias + f.Name + args + b.directive()
	if !b.isLeaf(f) {
		text += " " + b.selection(b.schema.Types[f.Type.Name()], room{r.depth - 1, r.cost / max(size, 1)}, at)
	}
	l.parts = append(l.parts, text)
}

// directive now and then leaves the question open to the end.
func (b *builder) directive() string {
	if b.chance(98) {
		return ""
	}
	return []string{" @include(if: true)", " @skip(if: false)", " @skip(if: true)"}[b.random.IntN(3)]
}
