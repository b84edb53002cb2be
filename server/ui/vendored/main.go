// Command vendored brings the scripts that others wrote into server/ui, as they were published: go run ./server/ui/vendored
// takes the newest versions; with -as-listed those that vendored.json lists. npm checks each package against the hash that
// its registry keeps; vendored.json keeps the hash of each file, which a test compares without a network.
package main

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

// file is one file of a package.
type file struct {
	Package   string `json:"package"`
	Version   string `json:"version"`
	File      string `json:"file"` // within the package
	License   string `json:"license"`
	Integrity string `json:"integrity"` // as the attribute of that name has it
}

const (
	folder = "server/ui"
	list   = folder + "/vendored/vendored.json"
)

func main() {
	log.SetFlags(0)
	asListed := flag.Bool("as-listed", false, "take the versions that vendored.json lists, not the newest")
	flag.Parse()
	if err := run(*asListed); err != nil {
		log.Fatalf("vendored: %v", err)
	}
}

func run(asListed bool) error {
	text, err := os.ReadFile(list)
	if err != nil {
		return fmt.Errorf("run this where go.mod is: %w", err)
	}
	all := map[string]*file{}
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	for name, f := range all {
		wanted := f.Package
		if asListed {
			wanted += "@" + f.Version
		}
		content, err := f.fetch(wanted)
		if err != nil {
			return fmt.Errorf("%s: %w", wanted, err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s %s\n", f.Package, f.Version)
	}
	text, err = json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(list, append(text, '\n'), 0o644)
}

// fetch gives the file of a package, and notes its version, licence and hash.
func (f *file) fetch(wanted string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "vendored-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	npm := exec.Command("npm", "install", "--prefix", dir, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--silent", wanted)
	npm.Stderr = os.Stderr
	if err := npm.Run(); err != nil {
		return nil, fmt.Errorf("npm install: %w", err)
	}
	home := filepath.Join(dir, "node_modules", filepath.FromSlash(f.Package))
	text, err := os.ReadFile(filepath.Join(home, "package.json"))
	if err != nil {
		return nil, err
	}
	var about struct{ Version, License string }
	if err := json.Unmarshal(text, &about); err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(home, filepath.FromSlash(f.File)))
	if err != nil {
		return nil, err
	}
	sum := sha512.Sum384(content)
	f.Version, f.License, f.Integrity = about.Version, about.License, "sha384-"+base64.StdEncoding.EncodeToString(sum[:])
	return content, nil
}
