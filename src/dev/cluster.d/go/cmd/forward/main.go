// forward makes ports of the cluster's network namespace reachable on this machine's loopback:
//
//	forward -netns /run/netns/NAME 127.0.0.1:16443=198.18.0.1:6443 ...
//
// It listens where it was started and dials inside the namespace, so that neither network gets a new interface.
package main

import (
	"flag"
	"io"
	"log"
	"net"
	"os"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// dial connects from inside the namespace. The thread that entered it is never given back: a goroutine that ends
// while locked to its thread ends the thread with it.
func dial(namespace *os.File, address string) (net.Conn, error) {
	type result struct {
		conn net.Conn
		err  error
	}
	done := make(chan result)
	go func() {
		runtime.LockOSThread()
		if err := unix.Setns(int(namespace.Fd()), unix.CLONE_NEWNET); err != nil {
			done <- result{nil, err}
			return
		}
		conn, err := net.Dial("tcp", address)
		done <- result{conn, err}
	}()
	r := <-done
	return r.conn, r.err
}

func pipe(client net.Conn, namespace *os.File, target string) {
	defer client.Close()
	server, err := dial(namespace, target)
	if err != nil {
		log.Printf("%s: %v", target, err)
		return
	}
	defer server.Close()
	go func() {
		io.Copy(server, client)
		server.(*net.TCPConn).CloseWrite()
	}()
	io.Copy(client, server)
}

func main() {
	path := flag.String("netns", "", "network namespace to dial from")
	flag.Parse()
	namespace, err := os.Open(*path)
	if err != nil {
		log.Fatal(err)
	}
	for _, rule := range flag.Args() {
		listen, target, _ := strings.Cut(rule, "=")
		listener, err := net.Listen("tcp", listen)
		if err != nil {
			log.Fatal(err)
		}
		go func() {
			for {
				client, err := listener.Accept()
				if err != nil {
					log.Fatal(err)
				}
				go pipe(client, namespace, target)
			}
		}()
	}
	select {}
}
