package intake

import (
	"context"
	"encoding/json"
	"os"
	"slices"

	"adam/ent"
	"adam/internal/exchange/iati"
	"adam/internal/term"
)

