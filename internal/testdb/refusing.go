package testdb

import (
	"encoding/binary"
	"io"
	"net"
	"testing"
)

// Refusing gives the address of a PostgreSQL server that refuses every connection with a SQLSTATE, as one does whose
// connections are all taken.
func Refusing(t testing.TB, sqlstate string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	fields := "SFATAL\x00VFATAL\x00C" + sqlstate + "\x00Msorry, no more of that\x00\x00"
	message := append(binary.BigEndian.AppendUint32([]byte{'E'}, uint32(4+len(fields))), fields...) //nolint:gosec // a short text
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			go refuse(c, message)
		}
	}()
	return "postgres://adam@" + l.Addr().String() + "/adam?sslmode=disable"
}

// refuse reads how the client introduces itself and sends it away.
func refuse(c net.Conn, message []byte) {
	defer func() { _ = c.Close() }()
	var size [4]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		return
	}
	if _, err := io.CopyN(io.Discard, c, int64(binary.BigEndian.Uint32(size[:]))-4); err != nil {
		return
	}
	_, _ = c.Write(message)
}
