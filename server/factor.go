package server

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"image/png"
	"net/http"

	"github.com/pquerna/otp"

	"adam/ent"
	"adam/internal/access"
	"adam/internal/fault"
)

var factorTemplate = pageOf("factor.html")

// factor is what the page of the second factor shows.
type factor struct {
	Person    *ent.Person
	NeedsMore bool
	Passkeys  bool
	// Of a generator that is being set up: its secret in groups of four, its address and that address as a picture.
	Secret  string
	Address template.URL
	Picture template.URL
}

// factorPage shows how to set up, or remove, the second factor.
func (d *Doors) factorPage(w http.ResponseWriter, r *http.Request) { d.showFactor(w, r, nil) }

func (d *Doors) showFactor(w http.ResponseWriter, r *http.Request, problem *fault.Error) {
	ctx := r.Context()
	id := access.From(ctx).Person
	p, err := d.Keeper.Get(ctx, id)
	if err != nil {
		Answer(w, r, err)
		return
	}
	needs, err := d.Keeper.NeedsSecondFactor(ctx, id)
	if err != nil {
		Answer(w, r, err)
		return
	}
	page := factor{Person: p, NeedsMore: needs && !d.strong(ctx), Passkeys: d.passkeys != nil}
	if address := d.sessions.GetString(ctx, enrolKey); address != "" && !p.TotpConfirmed {
		if err := page.draw(address); err != nil {
			Answer(w, r, err)
			return
		}
	}
	d.show(w, r, factorTemplate, "Your second factor", page, problem)
}

// draw shows the address of a generator in three ways: to scan, to open on this device, to type.
func (f *factor) draw(address string) error {
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return err
	}
	picture, err := key.Image(240, 240)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return err
	}
	for i, c := range key.Secret() {
		if i > 0 && i%4 == 0 {
			f.Secret += " "
		}
		f.Secret += string(c)
	}
	f.Address = template.URL(address)                                                                 //nolint:gosec // made by package people
	f.Picture = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())) //nolint:gosec // made here
	return nil
}

// beginGenerator makes the secret of a code generator. It counts only once its first code was typed.
func (d *Doors) beginGenerator(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	_, address, err := d.Keeper.EnrolTOTP(ctx, access.From(ctx).Person, "ADAM", d.strong(ctx))
	if err == nil {
		d.sessions.Put(ctx, enrolKey, address)
		err = d.keep(w, r)
	}
	if err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showFactor(w, r, f) })
		return
	}
	http.Redirect(w, r, "/account/second-factor", http.StatusSeeOther)
}

// confirmGenerator takes its first code. From then on this session has shown both factors.
func (d *Doors) confirmGenerator(w http.ResponseWriter, r *http.Request) {
	d.withCode(w, r, "generator", func(r *http.Request) error {
		id := access.From(r.Context()).Person
		if err := d.Keeper.ConfirmTOTP(r.Context(), id, codeOf(r)); err != nil {
			return err
		}
		return d.begin(w, r, id, true)
	})
}

// removeGenerator takes the code generator away, against one of its codes.
func (d *Doors) removeGenerator(w http.ResponseWriter, r *http.Request) {
	d.withCode(w, r, "generator-removed", func(r *http.Request) error {
		return d.Keeper.RemoveTOTP(r.Context(), access.From(r.Context()).Person, codeOf(r))
	})
}

func (d *Doors) withCode(w http.ResponseWriter, r *http.Request, name string, do func(*http.Request) error) {
	if !readForm(w, r) {
		return
	}
	if err := do(r); err != nil {
		d.again(w, r, err, func(f *fault.Error) { d.showFactor(w, r, f) })
		return
	}
	http.Redirect(w, r, "/account?done="+name, http.StatusSeeOther)
}
