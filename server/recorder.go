package server

import (
	"io"
	"net/http"
)

// recorder notes what was answered. Log, metrics and recovery share one per request.
type recorder struct {
	http.ResponseWriter
	status int // 0 until a header is written
	bytes  int64
}

// recorderOf is w itself where it is a recorder already.
func recorderOf(w http.ResponseWriter) *recorder {
	if rec, ok := w.(*recorder); ok {
		return rec
	}
	return &recorder{ResponseWriter: w}
}

// sent is the status that the client sees: net/http answers 200 for a handler that writes nothing.
func (w *recorder) sent() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

func (w *recorder) WriteHeader(status int) {
	final := status >= 200 || status == http.StatusSwitchingProtocols
	if final && w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	w.status = w.sent()
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// ReadFrom lets the kernel copy a file to the connection, which a download of an edition would lose otherwise.
func (w *recorder) ReadFrom(src io.Reader) (int64, error) {
	w.status = w.sent()
	n, err := io.Copy(w.ResponseWriter, src)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
