package sight

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"adam/ent/migrate"
	"adam/internal/access"
	"adam/internal/edition"
	"adam/internal/store"

	"entgo.io/ent/dialect/sql/schema"
)

// editions cuts those that can be read, for both audiences, into a folder of their own.
func (s *Sight) editions(ctx context.Context, name string, from *store.Store, marked bool) (string, error) {
	folder := filepath.Join(s.folder, "editions-"+name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", err
	}
	for _, number := range []int{1, Edition} {
		for _, a := range []access.Audience{access.Public, access.Members} {
			if err := edition.Cut(ctx, from, folder, number, a); err != nil {
				return "", err
			}
			if path := EditionFile(folder, number, a); marked {
				if err := putMarksBack(ctx, path, filepath.Join(s.folder, name+".db")); err != nil {
					return "", err
				}
			}
		}
	}
	return folder, nil
}

// EditionFile is where an edition of a folder is.
func EditionFile(folder string, number int, a access.Audience) string {
	return filepath.Join(folder, fmt.Sprintf("%04d-%s.sqlite", number, a))
}

// reducedEditions are cut from what visitors may see, and for everybody else from what members may: those who keep the
// catalogue read the same editions.
func (s *Sight) reducedEditions(ctx context.Context) error {
	for _, v := range (Anonymous | Member).Each() {
		folder, err := s.editions(ctx, v.String(), s.Reduced[v].Data, true)
		if err != nil {
			return err
		}
		for _, w := range Everyone.Each() {
			if w == v || v == Member && w != Anonymous {
				s.Reduced[w].Editions = folder
			}
		}
	}
	return nil
}

// putMarksBack adds the marks of a reduced database to an edition that was cut from it. What is withheld leaves its mark
// when it is removed; whoever cuts the edition finds nothing to withhold any more, and marks nothing.
func putMarksBack(ctx context.Context, path, reduced string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // what is attached, is so to one connection
	if _, err := db.ExecContext(ctx, "ATTACH ? AS reduced", reduced); err != nil {
		return err
	}
	for _, t := range migrate.Tables {
		if !slices.ContainsFunc(t.Columns, func(c *schema.Column) bool { return c.Name == "withheld" }) {
			continue
		}
		_, err := db.ExecContext(ctx, fmt.Sprintf(`UPDATE "%[1]s" SET withheld = (SELECT json_group_array(value) FROM (
			SELECT value FROM json_each("%[1]s".withheld) UNION SELECT m.value FROM reduced."%[1]s" r, json_each(r.withheld) m WHERE r.id = "%[1]s".id ORDER BY 1))
			WHERE id IN (SELECT id FROM reduced."%[1]s" WHERE withheld <> '[]')`, t.Name))
		if err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	_, err = db.ExecContext(ctx, "DETACH reduced")
	return err
}
