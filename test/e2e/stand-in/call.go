package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// request is one call; Dial says where to connect when that is not what the URL says, as curl --resolve does.
type request struct {
	URL       string            `json:"url"`
	Dial      string            `json:"dial"`
	Method    string            `json:"method"`
	Headers   map[string]string `json:"headers"`
	TimeoutMs int               `json:"timeoutMs"`
}

// result is what the client saw: a symptom when nothing answered, else the answer.
type result struct {
	Symptom     string   `json:"symptom,omitempty"`
	Error       string   `json:"error,omitempty"`
	Status      int      `json:"status,omitempty"`
	Location    string   `json:"location,omitempty"`
	Certificate []string `json:"certificate,omitempty"`
	Body        string   `json:"body,omitempty"`
}

const atOnce = 24

func callAll(requests []request) []result {
	results := make([]result, len(requests))
	slots := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i, request := range requests {
		all.Add(1)
		slots <- struct{}{}
		go func() {
			defer all.Done()
			results[i] = call(request)
			<-slots
		}()
	}
	all.Wait()
	return results
}

func call(r request) result {
	timeout := time.Duration(r.TimeoutMs) * time.Millisecond
	if timeout == 0 {
		timeout = 5 * time.Second
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	target, err := url.Parse(r.URL)
	if err != nil {
		return failed(err)
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		if r.Dial != "" {
			address = r.Dial
		}
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
	if target.Scheme == "tcp" {
		connection, err := dial(ctx, "tcp", target.Host)
		if err != nil {
			return failed(err)
		}
		connection.Close()
		return result{}
	}
	transport := &http.Transport{DialContext: dial, DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	// A redirect is an answer.
	client := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	message, err := http.NewRequestWithContext(ctx, r.Method, r.URL, nil)
	if err != nil {
		return failed(err)
	}
	for name, value := range r.Headers {
		message.Header.Set(name, value)
		if http.CanonicalHeaderKey(name) == "Host" {
			message.Host = value
		}
	}
	connected := ""
	message = message.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		connected = fmt.Sprintf(", connected from %s", got.Conn.LocalAddr())
	}}))
	response, err := client.Do(message)
	if err != nil {
		return failed(fmt.Errorf("%w%s", err, connected))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 4096))
	if err != nil {
		return failed(err)
	}
	answer := result{Status: response.StatusCode, Location: response.Header.Get("Location"), Body: string(body)}
	if response.TLS != nil {
		answer.Certificate = response.TLS.PeerCertificates[0].DNSNames
	}
	return answer
}

// failed names what a client sees, in the words of `ladder explain`.
func failed(err error) result {
	return result{Symptom: symptom(err), Error: err.Error()}
}

func symptom(err error) string {
	var dns *net.DNSError
	var slow net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "nxdomain"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF):
		return "reset"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "unreachable"
	case errors.As(err, &slow) && slow.Timeout():
		return "timeout"
	default:
		return "other"
	}
}
