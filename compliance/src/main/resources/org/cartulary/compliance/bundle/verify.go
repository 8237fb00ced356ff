// Checks an unpacked Cartulary evidence bundle with the Go project's own
// packages sumdb/note (signed notes) and sumdb/tlog (Merkle trees).
//
//	verify DIRECTORY VKEY-FILE
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: verify DIRECTORY VKEY-FILE")
		os.Exit(2)
	}
	b := &bundle{dir: os.Args[1]}
	b.readKey(os.Args[2])
	b.checkManifest()
	b.checkTree()
	disclosed := b.checkRecords()
	fmt.Printf("OK: %s, %d entries in the tree, %d of them disclosed\n", b.head.origin, b.head.size, disclosed)
}

type bundle struct {
	dir      string
	keys     note.Verifiers
	manifest manifest
	head     head
	leaves   [][]byte
}

type manifest struct {
	V           int               `json:"v"`
	Origin      string            `json:"origin"`
	Size        int64             `json:"size"`
	Disclosed   string            `json:"disclosed"`
	Files       map[string]string `json:"files"`
	Directories map[string]string `json:"directories"`
}

type head struct {
	origin string
	size   int64
	root   tlog.Hash
}

func fail(format string, args ...interface{}) {
	fmt.Printf("FAILED: "+format+"\n", args...)
	os.Exit(1)
}

func check(err error, what string) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func (b *bundle) read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
	check(err, name)
	return data
}

// readKey reads verifier keys, one a line: that of the shard, and after a
// change of keys that of today, which signs the manifest.
func (b *bundle) readKey(file string) {
	data, err := os.ReadFile(file)
	check(err, "the verifier key")
	var verifiers []note.Verifier
	for _, line := range strings.Fields(string(data)) {
		verifier, err := note.NewVerifier(line)
		check(err, "the verifier key")
		verifiers = append(verifiers, verifier)
	}
	b.keys = note.VerifierList(verifiers...)
}

// open checks the signature of a note and returns its text.
func (b *bundle) open(data []byte, name string) string {
	opened, err := note.Open(data, b.keys)
	check(err, name)
	return opened.Text
}

// openHead checks a signed checkpoint: three lines, origin, size and root.
func (b *bundle) openHead(data []byte, name string) head {
	lines := strings.Split(b.open(data, name), "\n")
	if len(lines) != 4 || lines[3] != "" {
		fail("%s: not a checkpoint of three lines", name)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err, name)
	root, err := tlog.ParseHash(lines[2])
	check(err, name)
	return head{lines[0], size, root}
}

// checkManifest compares every file with the signed manifest: by its own
// hash, or by that of the list of hashes of its directory.
func (b *bundle) checkManifest() {
	data := b.read("manifest.json")
	if b.open(b.read("manifest.note"), "manifest.note") != string(data) {
		fail("manifest.note does not sign manifest.json")
	}
	check(json.Unmarshal(data, &b.manifest), "manifest.json")
	if b.manifest.V != 2 {
		fail("manifest.json is of version %d, and this program knows version 2", b.manifest.V)
	}
	lists := map[string]hash.Hash{}
	for name := range b.manifest.Directories {
		lists[name] = sha256.New()
	}
	for _, name := range b.names() {
		if name == "manifest.json" || name == "manifest.note" || name == "manifest.p7s" {
			continue
		}
		sum := sha256.Sum256(b.read(name))
		found := hex.EncodeToString(sum[:])
		if list := lists[directory(name)]; list != nil {
			fmt.Fprintf(list, "%s  %s\n", found, name)
		} else if want, listed := b.manifest.Files[name]; !listed {
			fail("%s is not in the manifest", name)
		} else if found != want {
			fail("%s is not the file that the manifest names", name)
		}
	}
	for name := range b.manifest.Files {
		b.read(name)
	}
	for name, list := range lists {
		if hex.EncodeToString(list.Sum(nil)) != b.manifest.Directories[name] {
			fail("%s has not the files that the manifest names", name)
		}
	}
}

// names lists all files in the order of their bytes.
func (b *bundle) names() []string {
	var names []string
	check(filepath.Walk(b.dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		relative, err := filepath.Rel(b.dir, path)
		names = append(names, filepath.ToSlash(relative))
		return err
	}), "the directory")
	sort.Strings(names)
	return names
}

// directory says to which hash of a directory a file belongs.
func directory(name string) string {
	if strings.HasPrefix(name, "log/tile/") {
		return "log/tile"
	}
	return strings.SplitN(name, "/", 2)[0]
}

// checkTree builds the tree from the entries and compares it with the
// checkpoint and with every tile.
func (b *bundle) checkTree() {
	b.head = b.openHead(b.read("log/checkpoint"), "log/checkpoint")
	if b.head.origin != b.manifest.Origin || b.head.size != b.manifest.Size {
		fail("manifest.json is about another log than log/checkpoint")
	}
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for n := int64(0); n*256 < b.head.size; n++ {
		b.readEntries(tile(-1, n, b.head.size))
	}
	for index, leaf := range b.leaves {
		hashes, err := tlog.StoredHashesForRecordHash(int64(index), tlog.RecordHash(leaf), reader)
		check(err, "the tree")
		stored = append(stored, hashes...)
	}
	if b.head.size > 0 {
		root, err := tlog.TreeHash(b.head.size, reader)
		check(err, "the tree")
		if root != b.head.root {
			fail("the entries do not give the root of the checkpoint")
		}
	}
	for level := 0; b.head.size>>(8*uint(level)) > 0; level++ {
		for n := int64(0); n*256 < b.head.size>>(8*uint(level)); n++ {
			t := tile(level, n, b.head.size>>(8*uint(level)))
			want, err := tlog.ReadTileData(t, reader)
			check(err, path(t))
			if !bytes.Equal(b.read(path(t)), want) {
				fail("%s differs from the tree", path(t))
			}
		}
	}
}

func tile(level int, n, hashes int64) tlog.Tile {
	width := hashes - n*256
	if width > 256 {
		width = 256
	}
	return tlog.Tile{H: 8, L: level, N: n, W: int(width)}
}

// path gives the C2SP name of a tile; Go's name has the height in it and says
// "data" for entries.
func path(t tlog.Tile) string {
	name := strings.TrimPrefix(t.Path(), "tile/8/")
	if t.L == -1 {
		name = "entries" + strings.TrimPrefix(name, "data")
	}
	return "log/tile/" + name
}

// readEntries splits an entry bundle: each entry after its length in two bytes.
func (b *bundle) readEntries(t tlog.Tile) {
	data := b.read(path(t))
	for i := 0; i < t.W; i++ {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			fail("%s is cut off", path(t))
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		b.leaves = append(b.leaves, data[2:end])
		data = data[end:]
	}
	if len(data) > 0 {
		fail("%s is too long", path(t))
	}
}

// checkRecords checks the proof and the record of each disclosed entry, and
// that there are no others.
func (b *bundle) checkRecords() int {
	disclosed := 0
	for _, span := range strings.Fields(b.manifest.Disclosed) {
		ends := strings.SplitN(span, "-", 2)
		first, err := strconv.ParseInt(ends[0], 10, 64)
		check(err, "manifest.json")
		last, err := strconv.ParseInt(ends[len(ends)-1], 10, 64)
		check(err, "manifest.json")
		for index := first; index <= last; index++ {
			b.checkProof(index, b.checkRecord(index))
			disclosed++
		}
	}
	for _, directory := range []string{"receipts", "records"} {
		files, err := filepath.Glob(filepath.Join(b.dir, directory, "*"))
		check(err, directory)
		if len(files) != disclosed {
			fail("%s has %d files for %d disclosed entries", directory, len(files), disclosed)
		}
	}
	return disclosed
}

// checkRecord compares a record with its leaf. A record is canonical JSON
// (RFC 8785), so the bytes of a value in it are the bytes that were digested.
func (b *bundle) checkRecord(index int64) []byte {
	name := fmt.Sprintf("records/%d.json", index)
	var record struct {
		Leaf    []byte                     `json:"leaf"`
		Payload map[string]json.RawMessage `json:"payload"`
		Salts   map[string][]byte          `json:"salts"`
	}
	check(json.Unmarshal(b.read(name), &record), name)
	if index >= b.head.size || !bytes.Equal(record.Leaf, b.leaves[index]) {
		fail("%s holds another leaf than the log", name)
	}
	var leaf struct {
		Digests map[string]string `json:"digests"`
	}
	check(json.Unmarshal(record.Leaf, &leaf), name)
	if record.Payload == nil {
		fmt.Printf("entry %d: its key was destroyed, only the leaf is left\n", index)
		return record.Leaf
	}
	if len(record.Payload) != len(leaf.Digests) {
		fail("%s does not disclose what its leaf digests", name)
	}
	for field, value := range record.Payload {
		digest := sha256.Sum256(append(append([]byte{}, record.Salts[field]...), value...))
		if base64.StdEncoding.EncodeToString(digest[:]) != leaf.Digests[field] {
			fail("%s: the field %s has another digest", name, field)
		}
	}
	return record.Leaf
}

// checkProof checks a C2SP tlog-proof against the checkpoint in it.
func (b *bundle) checkProof(index int64, leaf []byte) {
	name := fmt.Sprintf("receipts/%d.tlog-proof", index)
	parts := strings.SplitN(string(b.read(name)), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" ||
		lines[1] != "index "+strconv.FormatInt(index, 10) {
		fail("%s is no proof of entry %d", name, index)
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		check(err, name)
		proof = append(proof, hash)
	}
	covering := b.openHead([]byte(parts[1]), name)
	if covering != b.head {
		fail("%s is a proof against another checkpoint", name)
	}
	check(tlog.CheckRecord(proof, covering.size, covering.root, index, tlog.RecordHash(leaf)), name)
}
