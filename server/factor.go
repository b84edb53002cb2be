package server

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"net/http"

	"github.com/pquerna/otp"

	"adam/internal/access"
	"adam/internal/fault"
	"adam/server/door"
)

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
	page := door.Factor{Set: p.TotpConfirmed, NeedsMore: needs && !d.strong(ctx), Passkeys: d.passkeys != nil}
	if address := d.sessions.GetString(ctx, enrolKey); address != "" && !p.TotpConfirmed {
		if err := draw(&page, address); err != nil {
			Answer(w, r, err)
			return
		}
	}
	d.show(w, r, "/account/second-factor", page, problem)
}

// draw shows the address of a generator in three ways: to scan, to open on this device, to type.
func draw(f *door.Factor, address string) error {
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
	f.Address, f.Picture = address, "data:image/png;base64,"+base64.StdEncoding.EncodeToString(b.Bytes())
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
	lead(w, r, "/account/second-factor")
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
	lead(w, r, "/account?done="+name)
}
