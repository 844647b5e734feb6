package main

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// serve listens on every port of PORTS (comma separated) until it is told to end, and then lets what is under way finish.
func serve() error {
	servers := []*http.Server{}
	failed := make(chan error)
	// HTTP/2 without TLS too, for those who begin with it.
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	for _, port := range strings.Split(os.Getenv("PORTS"), ",") {
		server := &http.Server{Addr: ":" + port, Handler: answer(port), Protocols: protocols}
		servers = append(servers, server)
		go func() { failed <- server.ListenAndServe() }()
	}
	told, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	select {
	case err := <-failed:
		return err
	case <-told.Done():
	}
	patience, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for _, server := range servers {
		server.Shutdown(patience)
	}
	return nil
}

// answer says what was seen. The path /status/503 asks for that status, so a probe of it is never ready; /exit ends the process at once.
func answer(port string) http.Handler {
	pod, _ := os.Hostname()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/exit" {
			os.Exit(1)
		}
		status := http.StatusOK
		if wanted, found := strings.CutPrefix(r.URL.Path, "/status/"); found {
			if number, err := strconv.Atoi(wanted); err == nil {
				status = number
			}
		}
		client, _, _ := net.SplitHostPort(r.RemoteAddr)
		seen := map[string]string{
			"pod": pod, "port": port, "client": client, "host": r.Host, "path": r.URL.Path,
			"forwardedFor": r.Header.Get("X-Forwarded-For"), "forwardedProto": r.Header.Get("X-Forwarded-Proto"),
		}
		if r.ProtoMajor > 1 {
			seen["protocol"] = r.Proto
		}
		if mark := r.Header.Get("X-Mark"); mark != "" {
			seen["mark"] = mark
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(seen)
	})
}
