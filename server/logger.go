package server

import (
	"io"
	"log/slog"
	"strings"

	"adam/internal/fault"
)

// secretKeys are never written, whoever logs them by mistake.
var secretKeys = map[string]bool{
	"authorization": true, "cookie": true, "set-cookie": true, "password": true, "secret": true, "token": true,
}

// NewLogger writes structured lines to w. format is text (for a person) or json (for a collector); level is debug,
// info, warn or error. Anything else is a fault of kind INVALID.
func NewLogger(w io.Writer, format, level string) (*slog.Logger, error) {
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err != nil {
		return nil, fault.New(fault.Invalid, "%q is not a level of the log: write debug, info, warn or error.", level).
			At("log-level").Because(err)
	}
	opts := &slog.HandlerOptions{Level: least, ReplaceAttr: withholdSecrets}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, opts)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, opts)), nil
	default:
		return nil, fault.New(fault.Invalid, "%q is not a format of the log: write text or json.", format).At("log-format")
	}
}

func withholdSecrets(_ []string, a slog.Attr) slog.Attr {
	if secretKeys[strings.ToLower(a.Key)] {
		return slog.String(a.Key, "withheld")
	}
	return a
}
