package limit

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// How many documents are kept parsed, and how many bytes of text and parts (of some 250 bytes) the largest of them may
// have: together they bound the memory that strangers can fill to some 40 MB. Every operation of interface.md fits.
const (
	cachedDocuments = 300
	cachedBytes     = 8 << 10
	cachedParts     = 500
)

// pages is the cache of parsed documents, and the only place where one may be changed: gqlgen adds a valid document
// right after parsing it and before using it, when no other request can have it yet. Here every connection gets its
// page size, so that whoever reads the document later, as entgql's field collection does, finds one.
type pages struct {
	documents graphql.Cache[*ast.QueryDocument]
}

// Get gives a document that Add has completed.
func (p *pages) Get(ctx context.Context, query string) (*ast.QueryDocument, bool) {
	return p.documents.Get(ctx, query)
}

// Add completes the document and keeps it, unless it is so large that keeping many would fill the memory.
func (p *pages) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	parts := 0
	for _, op := range doc.Operations {
		parts += 1 + len(op.VariableDefinitions) + weighDirectives(op.Directives) + complete(op.SelectionSet)
	}
	for _, fragment := range doc.Fragments {
		parts += 1 + weighDirectives(fragment.Directives) + complete(fragment.SelectionSet)
	}
	if len(query) <= cachedBytes && parts <= cachedParts {
		p.documents.Add(ctx, query, doc)
	}
}

// complete gives every connection in a set its page size and counts the parts of the set. It takes @defer out: there
// is one answer to a request here, and a server may ignore the directive.
func complete(set ast.SelectionSet) (parts int) {
	for _, selected := range set {
		parts++
		switch selected := selected.(type) {
		case *ast.Field:
			if isConnection(selected) {
				setPage(selected)
			}
			parts += weigh(selected.Arguments) + weighDirectives(selected.Directives) + complete(selected.SelectionSet)
		case *ast.InlineFragment:
			selected.Directives = withoutDefer(selected.Directives)
			parts += weighDirectives(selected.Directives) + complete(selected.SelectionSet)
		case *ast.FragmentSpread:
			selected.Directives = withoutDefer(selected.Directives)
			parts += weighDirectives(selected.Directives)
		}
	}
	return parts
}

func withoutDefer(all ast.DirectiveList) ast.DirectiveList {
	return slices.DeleteFunc(all, func(d *ast.Directive) bool { return d.Name == "defer" })
}

// weigh counts the parts of arguments, with the members of lists and objects.
func weigh(args ast.ArgumentList) (parts int) {
	for _, arg := range args {
		parts += 1 + weighMembers(arg.Value)
	}
	return parts
}

func weighMembers(v *ast.Value) (parts int) {
	if v == nil {
		return 0
	}
	for _, member := range v.Children {
		parts += 1 + weighMembers(member.Value)
	}
	return parts
}

func weighDirectives(all ast.DirectiveList) (parts int) {
	for _, directive := range all {
		parts += 1 + weigh(directive.Arguments)
	}
	return parts
}
