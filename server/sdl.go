package server

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

// serveSDL answers with the GraphQL schema as text that a browser shows. It changes with the program only, so that its
// hash lets a client keep it and ask whether it still holds.
func serveSDL(sdl string) http.Handler {
	sum := sha256.Sum256([]byte(sdl))
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("ETag", tag)
		h.Set("Cache-Control", "public, no-cache")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(sdl))
	})
}
