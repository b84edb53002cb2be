package transport

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"adam/internal/fault"
)

// maxSentence is how many bytes of a message are shown: the parser repeats what it was given, which may be 64 KB.
const maxSentence = 300

// rulesWithoutSuggestions are the validation rules of GraphQL, in the wording that does not guess what was meant:
// a guess costs a comparison with every name of the schema. gqlgen's switch covers two of the five rules that guess.
func rulesWithoutSuggestions() *rules.Rules {
	set := rules.NewDefaultRules()
	set.RemoveRule(rules.KnownArgumentNamesRule.Name)
	set.RemoveRule(rules.KnownTypeNamesRule.Name)
	set.RemoveRule(rules.ValuesOfCorrectTypeRule.Name)
	set.AddRule(rules.KnownArgumentNamesRuleWithoutSuggestions.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	set.AddRule(rules.KnownTypeNamesRuleWithoutSuggestions.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	set.AddRule(rules.ValuesOfCorrectTypeRuleWithoutSuggestions.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return set
}

// parseFault words what the parser found.
func parseFault(ctx context.Context, given *gqlerror.Error) *fault.Error {
	if limit, ok := strings.CutPrefix(given.Message, "exceeded token limit of "); ok {
		return fault.New(fault.Limit, "The operation has more than %s words and signs, which is the limit: "+
			"ask for less at once, use fragments, or give long values as variables.", limit)
	}
	if limit, ok := strings.CutPrefix(given.Message, "exceeded maximum nesting depth of "); ok {
		return fault.New(fault.Limit, "The operation is nested more than %s levels deep: ask for fewer levels.", limit)
	}
	message := strings.ReplaceAll(given.Message, "<EOF>", "the end of the document")
	if strings.Contains(message, "<Invalid>") {
		message = lexerMessage(ctx)
	}
	return fault.New(fault.Invalid, "The operation cannot be read: %s.", strings.TrimSuffix(lowerFirst(clip(message)), "."))
}

// lexerMessage is what is wrong with the first text of the document that is no word or sign of GraphQL. The parser
// knows it and does not tell, so the document is read once more.
func lexerMessage(ctx context.Context) string {
	const unknown = "it holds a sign that is not GraphQL"
	if !graphql.HasOperationContext(ctx) {
		return unknown
	}
	lex := lexer.New(&ast.Source{Input: graphql.GetOperationContext(ctx).RawQuery})
	for {
		token, err := lex.ReadToken()
		if wrong, ok := errors.AsType[*gqlerror.Error](err); ok {
			return wrong.Message
		}
		if err != nil || token.Kind == lexer.EOF || token.Kind == lexer.Invalid {
			return unknown
		}
	}
}

// validationFault words what the validator found in the document, in the choice of the operation, or in the variables.
func validationFault(given *gqlerror.Error) *fault.Error {
	if len(given.Path) > 1 { // only an error in a variable has one
		return variableFault(given.Message, given.Path[1:].String())
	}
	if given.Message == "Maximum introspection depth exceeded" {
		return fault.New(fault.Limit, "The question about the schema nests fields, interfaces or possible types more than "+
			"twice: ask for fewer levels.")
	}
	if given.Message == "no operation provided" {
		return fault.New(fault.Invalid, "The document holds no operation: add a query or a mutation.").At("query")
	}
	if name, ok := strings.CutPrefix(given.Message, "operation "); ok && strings.HasSuffix(name, " not found") {
		if name = strings.TrimSuffix(name, " not found"); name == "" {
			return fault.New(fault.Invalid, "The document holds several operations: name the one to run in operationName.").
				At("operationName")
		}
		return fault.New(fault.Invalid, "The document holds no operation named %q: correct operationName.", clip(name)).
			At("operationName")
	}
	return fault.New(fault.Invalid, "%s", clip(given.Message))
}

// variableFault words what is wrong with a variable; path is its name and what is below it.
func variableFault(message, path string) *fault.Error {
	name := "The variable $" + clip(path)
	var sentence string
	switch {
	case message == "must be defined":
		sentence = " is required: give it a value."
	case message == "cannot be null":
		sentence = " must not be null: give it a value."
	case message == "unknown field":
		sentence = " is not a field of its input type: leave it out or correct its name."
	case notOfEnum.MatchString(message):
		sentence = ": " + notOfEnumSentence(message)
	case wrongType.MatchString(message):
		part := wrongType.FindStringSubmatch(message)
		sentence = " must be of type " + part[1] + part[2] + "."
	default:
		sentence = " does not fit its type."
	}
	return fault.New(fault.Invalid, "%s%s", name, sentence).At(path)
}

// inputFault words what an argument's type said when it read a value. Types of ours say it by a fault and don't come
// here; those of gqlgen and ent speak of Go's types.
func inputFault(given *gqlerror.Error, input string) *fault.Error {
	if notOfEnum.MatchString(given.Message) {
		return fault.New(fault.Invalid, "The value of %s: %s", clip(input), notOfEnumSentence(given.Message))
	}
	return fault.New(fault.Invalid, "The value of %s does not fit its type: see the schema for how it is written.", clip(input))
}

var (
	notOfEnum = regexp.MustCompile(`(?s)^(.*) is not a valid (\w+)$`)
	wrongType = regexp.MustCompile(`^cannot use .* as (\w+)|^must be a (\w+), not a`)
)

func notOfEnumSentence(message string) string {
	part := notOfEnum.FindStringSubmatch(message)
	return "there is no value " + clip(part[1]) + " in " + part[2] + "."
}

// clip shortens a text that repeats what a client sent, at a whole character.
func clip(text string) string {
	if len(text) <= maxSentence {
		return text
	}
	cut := maxSentence
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// lowerFirst makes a sentence of the parser fit for the inside of one of ours.
func lowerFirst(text string) string {
	if text == "" || text[0] < 'A' || text[0] > 'Z' {
		return text
	}
	return string(text[0]|0x20) + text[1:]
}
