package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

// cname asks the first name server of a resolv.conf what a full name is an alias of. Go's own lookup follows the alias to an
// address, and the outside name of an ExternalName need not have one here.
func cname(name, resolvConf string) (string, error) {
	server, err := nameServer(resolvConf)
	if err != nil {
		return "", err
	}
	connection, err := net.DialTimeout("udp", net.JoinHostPort(server, "53"), 3*time.Second)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(8 * time.Second))
	query := []byte{0x4c, 0x41, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}
	for _, label := range strings.Split(strings.Trim(name, "."), ".") {
		query = append(append(query, byte(len(label))), label...)
	}
	const typeCNAME, classIN = 5, 1
	query = append(query, 0, 0, typeCNAME, 0, classIN)
	if _, err := connection.Write(query); err != nil {
		return "", err
	}
	reply := make([]byte, 1500)
	n, err := connection.Read(reply)
	if err != nil {
		return "", err
	}
	return firstAlias(reply[:n], len(query), name)
}

// firstAlias reads the first answer, which follows the repeated question.
func firstAlias(reply []byte, at int, name string) (string, error) {
	if len(reply) < at || binary.BigEndian.Uint16(reply[6:]) == 0 {
		return "", fmt.Errorf("%s: no alias (code %d)", name, reply[3]&15)
	}
	_, at, err := nameAt(reply, at)
	if err != nil {
		return "", err
	}
	alias, _, err := nameAt(reply, at+10)
	return alias, err
}

// nameAt reads a name, following pointers, and says where it ends.
func nameAt(message []byte, at int) (name string, end int, err error) {
	labels := []string{}
	for hops := 0; at < len(message) && hops < 20; {
		length := int(message[at])
		switch {
		case length == 0:
			if end == 0 {
				end = at + 1
			}
			return strings.Join(labels, "."), end, nil
		case length >= 0xc0 && at+1 < len(message):
			if end == 0 {
				end = at + 2
			}
			at = (length&0x3f)<<8 | int(message[at+1])
			hops++
		case at+1+length <= len(message):
			labels = append(labels, string(message[at+1:at+1+length]))
			at += 1 + length
		default:
			return "", 0, errors.New("a name in the answer is cut off")
		}
	}
	return "", 0, errors.New("a name in the answer does not end")
}

func nameServer(resolvConf string) (string, error) {
	text, err := os.ReadFile(resolvConf)
	if err != nil {
		return "", err
	}
	for _, line := range strings.Split(string(text), "\n") {
		if words := strings.Fields(line); len(words) == 2 && words[0] == "nameserver" {
			return words[1], nil
		}
	}
	return "", errors.New(resolvConf + " names no server")
}
