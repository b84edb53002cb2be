package server

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"syscall"

	"adam/internal/fault"
)

// windowsInUse is WSAEADDRINUSE, which syscall.EADDRINUSE does not match on Windows.
const windowsInUse = syscall.Errno(10048)

// listen opens an address, or says in one sentence why not and what to do. option is the option that sets it.
func listen(ctx context.Context, addr, option string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err == nil {
		return l, nil
	}
	f := listenFault(addr, option, err)
	return nil, f.At(strings.TrimPrefix(option, "--")).Because(err)
}

func listenFault(addr, option string, err error) *fault.Error {
	host, port, _ := net.SplitHostPort(addr)
	unknown := (*net.DNSError)(nil)
	switch {
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, windowsInUse):
		return fault.New(fault.Conflict, "The address %s is in use by another program, perhaps by another ADAM: stop that "+
			"one, or choose another address, for example %s %s.", addr, option, net.JoinHostPort(host, nextPort(port)))
	case errors.Is(err, syscall.EACCES):
		return fault.New(fault.Forbidden, "This account may not listen on %s: choose a port above 1023, for example %s %s, "+
			"and let a proxy pass requests on to it.", addr, option, net.JoinHostPort(host, "8080"))
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fault.New(fault.Invalid, "The address %s does not belong to this machine: choose one that does, for example %s "+
			"%s.", addr, option, net.JoinHostPort("localhost", port))
	case errors.As(err, &unknown):
		return fault.New(fault.Invalid, "The name %q is not known, so ADAM cannot listen on %s: correct it, or choose "+
			"another address, for example %s %s.", host, addr, option, net.JoinHostPort("localhost", port))
	default:
		return fault.New(fault.Internal, "ADAM cannot listen on %s: choose another address, for example %s %s.",
			addr, option, net.JoinHostPort("localhost", nextPort(port)))
	}
}

// nextPort is the port after port; 8081 where there is none.
func nextPort(port string) string {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || n >= 65535 {
		return "8081"
	}
	return strconv.FormatUint(n+1, 10)
}

// onLoopback keeps an address without a host to this machine: measurements are for the operator, unless told otherwise.
func onLoopback(addr string) string {
	if host, port, err := net.SplitHostPort(addr); err == nil && host == "" {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr
}
