// Command stand-in takes the place of the example's images where none can be pulled: it serves, and says what it saw.
// Run with `call` or `load` it is the client, the same on a laptop, on a node and in a pod, so a symptom means one thing everywhere.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

func main() {
	command := ""
	if len(os.Args) > 1 {
		command = os.Args[1]
	}
	var err error
	switch command {
	case "call":
		var requests []request
		if err = json.NewDecoder(os.Stdin).Decode(&requests); err == nil {
			err = json.NewEncoder(os.Stdout).Encode(callAll(requests))
		}
	case "load":
		err = load(os.Args[2:], os.Stdin, 20*time.Millisecond)
	case "cname":
		var name string
		if name, err = cname(os.Args[2], "/etc/resolv.conf"); err == nil {
			fmt.Println(name)
		}
	case "certificate":
		var made pair
		if made, err = certificateFor(os.Args[2]); err == nil {
			err = json.NewEncoder(os.Stdout).Encode(made)
		}
	default:
		// Whatever else it is told was meant for the image whose name it bears.
		err = serve()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
