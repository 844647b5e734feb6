package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// tally counts what became of the requests to one URL.
type tally struct {
	URL    string         `json:"url"`
	Sent   int            `json:"sent"`
	Failed int            `json:"failed"`
	Pods   map[string]int `json:"pods"`
	// Why requests failed: a symptom or a status, how often.
	Reasons map[string]int `json:"reasons"`
	// The first failure of each reason, and how many milliseconds after the start.
	First map[string]string `json:"first"`
}

// load calls each target again and again, each time on a new connection, until its input ends; then it prints the tallies.
// A target is a URL, or URL=ADDRESS:PORT to connect elsewhere.
func load(targets []string, until io.Reader, every time.Duration) error {
	start := time.Now()
	tallies := make([]*tally, len(targets))
	ended := make(chan struct{})
	var all sync.WaitGroup
	for i, target := range targets {
		url, dial := splitTarget(target)
		tallies[i] = &tally{URL: url, Pods: map[string]int{}, Reasons: map[string]int{}, First: map[string]string{}}
		all.Add(1)
		go func() {
			defer all.Done()
			tallies[i].run(request{URL: url, Dial: dial}, every, start, ended)
		}()
	}
	io.Copy(io.Discard, until)
	close(ended)
	all.Wait()
	return json.NewEncoder(os.Stdout).Encode(tallies)
}

func (t *tally) run(r request, every time.Duration, start time.Time, ended <-chan struct{}) {
	var lock sync.Mutex
	var underWay sync.WaitGroup
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ended:
			underWay.Wait()
			return
		case <-ticker.C:
			underWay.Add(1)
			at := time.Since(start).Milliseconds()
			go func() {
				defer underWay.Done()
				answer := call(r)
				lock.Lock()
				defer lock.Unlock()
				t.count(answer, at)
			}()
		}
	}
}

func (t *tally) count(answer result, at int64) {
	t.Sent++
	if answer.Status == 200 {
		var seen struct{ Pod string }
		json.Unmarshal([]byte(answer.Body), &seen)
		t.Pods[seen.Pod]++
		return
	}
	t.Failed++
	reason := answer.Symptom
	if reason == "" {
		reason = fmt.Sprintf("http-%d", answer.Status)
	}
	t.Reasons[reason]++
	if _, known := t.First[reason]; !known {
		t.First[reason] = fmt.Sprintf("%d ms: %s", at, answer.Error)
	}
}

// splitTarget takes URL=ADDRESS:PORT apart; an address has no "=" and no "/".
func splitTarget(target string) (url, dial string) {
	at := strings.LastIndex(target, "=")
	if at < 0 || strings.Contains(target[at:], "/") {
		return target, ""
	}
	return target[:at], target[at+1:]
}
