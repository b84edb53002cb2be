package server

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

// secure sets the headers that confine what a browser does with an answer. Handlers may override Cache-Control and add
// styles with [AllowStyles]; the rest stays. HSTS only where the site is on https, or localhost would be locked out.
func secure(https bool) middleware {
	fixed := map[string]string{
		"Content-Security-Policy": policyWith(),
		"X-Content-Type-Options":  "nosniff",
		// Not no-referrer: with it browsers send "Origin: null" with a form, and the protection against other origins
		// would refuse our own forms in browsers without Sec-Fetch-Site.
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", // does not hinder CORS, which is another mode
		"Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), " +
			"gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
		// What is shown depends on who asks: nothing is stored unless its handler knows that it may be.
		"Cache-Control": "no-store",
	}
	if https {
		fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for name, value := range fixed {
				w.Header().Set(name, value)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// policyWith is the content security policy with further sources for styles. Scripts only as files of this site.
func policyWith(styles ...string) string {
	style := strings.Join(append([]string{"style-src 'self'"}, styles...), " ")
	return strings.Join([]string{
		"default-src 'none'", "script-src 'self'", style, "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
		"form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
}

// StyleHash is the source that allows exactly the inline style css, the text between <style> and </style>. Compute it
// once for a page's constant style.
func StyleHash(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// AllowStyles lets the page that is about to be written use the inline styles of these hashes, see [StyleHash]. Call it
// before the header is written.
func AllowStyles(w http.ResponseWriter, hashes ...string) {
	w.Header().Set("Content-Security-Policy", policyWith(hashes...))
}
