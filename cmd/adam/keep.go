package main

import (
	_ "github.com/alecthomas/kong"
	_ "github.com/rogpeppe/go-internal/testscript"
)

func main() {}
