package server

import (
	"net/http"
	"net/netip"
	"strings"
)

// proxies are the networks that may say for whom they ask.
type proxies []netip.Prefix

func (p proxies) has(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// forwardedHeaders are removed once X-Forwarded-For is read: nothing further in may believe them by mistake. Scheme and
// host come from the configuration alone.
var forwardedHeaders = []string{
	"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Proto",
	"X-Forwarded-Server", "X-Real-Ip", "X-Client-Ip", "True-Client-Ip",
}

// locate finds the client behind trusted proxies. Of the headers in use only X-Forwarded-For is read: a proxy that
// writes one of them passes the others on as the client wrote them.
func locate(trusted proxies) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ex := exchangeOf(r.Context())
			ex.client = trusted.client(ex.client, r.Header.Values("X-Forwarded-For"))
			for _, name := range forwardedHeaders {
				r.Header.Del(name)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// client walks from the peer outwards: as long as an address is a trusted proxy, the next one to the left is whom it
// received the request from. What stands further left was written by the client and proves nothing.
func (p proxies) client(peer netip.Addr, forwarded []string) netip.Addr {
	rest, at := strings.Join(forwarded, ","), peer
	for rest != "" && p.has(at) {
		cut := strings.LastIndexByte(rest, ',')
		hop, ok := parseHop(rest[cut+1:])
		if !ok {
			return at
		}
		at, rest = hop, rest[:max(cut, 0)]
	}
	return at
}

// parseHop reads an address with or without a port, as proxies write both.
func parseHop(s string) (netip.Addr, bool) {
	s = strings.TrimSpace(s)
	if a, err := netip.ParseAddr(s); err == nil {
		return a.Unmap().WithZone(""), true
	}
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}

// peerOf is the other end of the connection.
func peerOf(r *http.Request) netip.Addr {
	a, _ := parseHop(r.RemoteAddr)
	return a
}
