package people

import (
	"net/mail"
	"strings"

	"adam/internal/fault"
	"adam/internal/term"
)

const longestEmail = 254 // octets, RFC 5321

// Fold is the one spelling under which an e-mail address is kept and found: without spaces around it, in lower case.
func Fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// parseEmail folds an address and refuses what is none: a name with an address, several, or one that no mail reaches.
func parseEmail(email string) (string, error) {
	folded := Fold(email)
	if folded == "" {
		return "", fault.New(fault.Invalid, "Write an e-mail address, such as name@example.org.").At("email")
	}
	a, err := mail.ParseAddress(folded)
	if err != nil || a.Name != "" || a.Address != folded || len(folded) > longestEmail || strings.HasSuffix(folded, ".invalid") || strings.HasSuffix(folded, "@invalid") {
		return "", fault.New(fault.Invalid, "%q is not an e-mail address. Write the address alone, such as name@example.org.", term.Clip(email)).At("email").Because(err)
	}
	return folded, nil
}
