// Package say holds what the pages say, in the languages of their users: sentences, numbers, dates. Nothing that a reader
// sees stands anywhere else, and a test keeps it so.
package say

import (
	"context"
	"net/http"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Language is one in which the pages can be read.
type Language struct {
	Code  string // as in addresses and in the attribute lang
	Name  string // in itself
	Dir   string // ltr or rtl
	Draft bool   // nobody who speaks it has checked the sentences yet

	tag language.Tag
}

// English is the language of the sentences that all others are translated from; its addresses have no prefix.
var English = Language{Code: "en", Name: "English", Dir: "ltr", tag: language.English}

// Languages are all, English first.
var Languages = []Language{
	English,
	{Code: "th", Name: "ไทย", Dir: "ltr", Draft: true, tag: language.Thai},
	{Code: "ur", Name: "اردو", Dir: "rtl", Draft: true, tag: language.Urdu},
}

type speaker struct {
	Language
	*message.Printer
}

var (
	speakers = prepare()
	english  = speakers["en"]
)

// prepare makes the printer of each language.
func prepare() map[string]*speaker {
	book := read()
	out := map[string]*speaker{}
	for _, l := range Languages {
		out[l.Code] = &speaker{l, message.NewPrinter(l.tag, message.Catalog(book))}
	}
	return out
}

type key struct{}

func of(ctx context.Context) *speaker {
	if s, ok := ctx.Value(key{}).(*speaker); ok {
		return s
	}
	return english
}

// With makes pages below ctx speak a language; an unknown code leaves it as it was.
func With(ctx context.Context, code string) context.Context {
	if s := speakers[code]; s != nil {
		return context.WithValue(ctx, key{}, s)
	}
	return ctx
}

// In is the language of ctx.
func In(ctx context.Context) Language { return of(ctx).Language }

// T says the sentence with a key. Numbers among args are written as the language does and choose its plural; what stands
// in args is never read as a pattern. Keys are constants of this program: an unknown one is a mistake that a test finds.
func T(ctx context.Context, key string, args ...any) string {
	s := of(ctx)
	if texts[s.Code][key] == nil {
		s = english // what a language lacks is said in English
	}
	return s.Sprintf(message.Key(key, key), args...)
}

// Has says whether there is a sentence with a key.
func Has(key string) bool { return texts[English.Code][key] != nil }

// Prefix is what the addresses of a language begin with: "" or "/th".
func (l Language) Prefix() string {
	if l.Code == English.Code {
		return ""
	}
	return "/" + l.Code
}

// WithoutLanguage takes the language's prefix off an address, as FromPath does.
func WithoutLanguage(address string) string {
	for _, l := range Languages[1:] {
		rest, found := strings.CutPrefix(address, l.Prefix())
		switch {
		case !found:
		case rest == "" || rest[0] == '?' || rest[0] == '#':
			return "/" + rest
		case rest[0] == '/':
			return rest
		}
	}
	return address
}

// FromPath takes the language's prefix off the path of a request, so that every page has one route for all languages.
func FromPath(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		code, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if speakers[code] == nil || code == English.Code {
			next.ServeHTTP(w, r)
			return
		}
		r = r.WithContext(With(r.Context(), code))
		u := *r.URL
		u.Path, u.RawPath = "/"+rest, ""
		r.URL = &u
		next.ServeHTTP(w, r)
	})
}
