package transport

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// The media types of an answer. The first tells by the status whether the operation was executed; the second is 200
// for every well-formed request, because clients of it take any other status for a broken line.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// negotiate chooses the media type of the answer; false where the client accepts neither, in which case the refusal is
// written as application/json. Where nothing is asked, or everything is welcome, application/json is the answer, as
// the specification wants it until its watershed.
func negotiate(h http.Header) (media string, acceptable bool) {
	asked := strings.Join(h.Values("Accept"), ",")
	if strings.TrimSpace(asked) == "" || asked == mediaJSON {
		return mediaJSON, true
	}
	const nothing = 0.0
	best, bestExact := nothing, false
	for part := range strings.SplitSeq(asked, ",") {
		name, exact, weight := acceptPart(part)
		// The heavier wins, then the one named outright, then the one named first.
		if name == "" || weight < best || weight == nothing || (weight == best && (bestExact || !exact)) {
			continue
		}
		media, best, bestExact = name, weight, exact
	}
	if media == "" {
		return mediaJSON, false
	}
	return media, true
}

// acceptPart reads one member of Accept: which of our media types it asks for ("" for none), whether it names it
// outright, and with what weight (0 to 1).
func acceptPart(part string) (media string, exact bool, weight float64) {
	name, params, err := mime.ParseMediaType(strings.TrimSpace(part))
	if err != nil || !isUTF8(params["charset"]) {
		return "", false, 0
	}
	weight = 1
	if q, ok := params["q"]; ok {
		if weight, err = strconv.ParseFloat(q, 64); err != nil || !(weight >= 0 && weight <= 1) {
			return "", false, 0
		}
	}
	switch name {
	case mediaJSON, mediaGraphQL:
		return name, true, weight
	case "*/*", "application/*":
		return mediaJSON, false, weight
	}
	return "", false, 0
}

// isUTF8 says whether a charset parameter names the only encoding there is here, or is absent.
func isUTF8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}
