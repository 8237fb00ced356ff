// Command golden writes the golden files of the verifier's tests with Go's sumdb/note and sumdb/tlog, which share
// nothing with this project. Everything in them follows from fixed seeds, so that a second run writes the same bytes.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run golden.go ../resources/golden
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "cartulary.invalid/00112233445566778899aabbccddeeff/2026"

// stream is an endless, seeded sequence of bytes.
type stream struct {
	seed string
	n    int
	rest []byte
}

func (s *stream) Read(p []byte) (int, error) {
	for i := range p {
		if len(s.rest) == 0 {
			h := sha256.Sum256([]byte(fmt.Sprintf("%s %d", s.seed, s.n)))
			s.rest = h[:]
			s.n++
		}
		p[i] = s.rest[0]
		s.rest = s.rest[1:]
	}
	return len(p), nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// canonical is good for values without floating-point numbers and with ASCII names: encoding/json sorts those as
// RFC 8785 does.
func canonical(value interface{}) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	check(e.Encode(value))
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

type entry struct{ leaf, record []byte }

// newEntry makes a leaf and the record that discloses it.
func newEntry(random io.Reader, t time.Time, number int, kind string, clear, sealed map[string]interface{}) entry {
	leaf := map[string]interface{}{
		"v": 1, "type": kind, "number": number, "origin": origin,
		"time":  t.UTC().Format("2006-01-02T15:04:05.000000Z"),
		"actor": "AAECAwQFBgcICQoLDA0ODw",
	}
	for k, v := range clear {
		leaf[k] = v
	}
	digests, salts := map[string]string{}, map[string]string{}
	for k, v := range sealed {
		salts[k] = ""
		digests[k] = ""
		_ = v
	}
	for _, k := range keys(sealed) {
		salt := make([]byte, 32)
		_, err := io.ReadFull(random, salt)
		check(err)
		h := sha256.Sum256(append(append([]byte{}, salt...), canonical(sealed[k])...))
		salts[k], digests[k] = b64(salt), b64(h[:])
	}
	leaf["digests"] = digests
	text := canonical(leaf)
	record := map[string]interface{}{"leaf": b64(text), "payload": sealed, "salts": salts}
	return entry{text, append(canonical(record), '\n')}
}

func keys(m map[string]interface{}) []string {
	var names []string
	for k := range m {
		names = append(names, k)
	}
	sort.Strings(names)
	return names
}

type object = map[string]interface{}

// entries tells a small story again and again: a start, a document, then questions that are answered.
func entries(n int) []entry {
	random := &stream{seed: "salts"}
	t := time.Date(2026, 11, 22, 6, 0, 0, 123456000, time.UTC)
	digest := strings.Repeat("0123456789abcdef", 4)
	all := []entry{
		newEntry(random, t, 1, "started", object{"version": "0.1.0"}, object{}),
		newEntry(random, t, 2, "document-added", object{
			"document": "01936f00-0000-7000-8000-000000000001", "collection": "01936f00-0000-7000-8000-000000000002",
			"generation": "g1"}, object{"path": "formulary.pdf", "title": "Formulary \u00a7 4 \u2014 doses", "bytes": 12345}),
	}
	for number := 3; len(all) < n; number++ {
		t = t.Add(1500 * time.Millisecond)
		all = append(all,
			newEntry(random, t, number, "asked", object{"act": "ask"}, object{
				"question": fmt.Sprintf("What is the \"maximum\" dose, no. %d?\n", number), "collection": "formulary"}),
			newEntry(random, t, number, "retrieved", object{
				"policyVersion": 7, "filterDigest": digest, "generation": "g1", "model": digest, "hits": 2},
				object{"hits": []object{{"passage": 11, "document": "formulary.pdf"}, {"passage": 12, "document": "formulary.pdf"}},
					"prompt": "Answer from the sources: \U0001F48A 4 g a day"}),
			newEntry(random, t, number, "answered", object{"generation": "g1", "model": digest, "policyVersion": 7},
				object{"answer": "4 g a day [1]"}))
	}
	return all[:n]
}

// storage keeps the hashes of a tree as sumdb/tlog numbers them.
type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		out = append(out, s[i])
	}
	return out, nil
}

func tree(leaves [][]byte) storage {
	var s storage
	for i, leaf := range leaves {
		h, err := tlog.StoredHashes(int64(i), leaf, s)
		check(err)
		s = append(s, h...)
	}
	return s
}

func checkpoint(s storage, size int64, signers ...note.Signer) []byte {
	root, err := tlog.TreeHash(size, s)
	check(err)
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, size, b64(root[:]))
	msg, err := note.Sign(&note.Note{Text: text}, signers...)
	check(err)
	return msg
}

// tiles writes C2SP tlog-tiles: like sumdb's with tile height 8, but without the height in the path.
func tiles(files map[string][]byte, s storage, leaves [][]byte) {
	size := int64(len(leaves))
	for _, tile := range tlog.NewTiles(8, 0, size) {
		if available := size>>(8*tile.L) - tile.N*256; available < 256 && int64(tile.W) < available || available >= 256 && tile.W < 256 {
			continue // a partial tile on the way to this size
		}
		data, err := tlog.ReadTileData(tile, s)
		check(err)
		files["log/"+strings.Replace(tile.Path(), "tile/8/", "tile/", 1)] = data
		if tile.L != 0 {
			continue
		}
		var bundle []byte
		for i := tile.N * 256; i < tile.N*256+int64(tile.W); i++ {
			bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(leaves[i])))
			bundle = append(bundle, leaves[i]...)
		}
		files["log/"+strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)] = bundle
	}
}

func proof(s storage, size, index int64, checkpoint []byte) []byte {
	path, err := tlog.ProveRecord(size, index, s)
	check(err)
	var out bytes.Buffer
	fmt.Fprintf(&out, "c2sp.org/tlog-proof@v1\nindex %d\n", index)
	for _, h := range path {
		fmt.Fprintf(&out, "%s\n", b64(h[:]))
	}
	fmt.Fprintf(&out, "\n%s", checkpoint)
	return out.Bytes()
}

// writeLog writes a log with everything that a bundle of its last entries needs but for the manifest, as one zip.
// Receipts of even entries are against the checkpoint of that time, the others against the last one.
func writeLog(dir string, size, from int, signer, witness note.Signer) {
	all := entries(size)
	var leaves [][]byte
	for _, e := range all {
		leaves = append(leaves, e.leaf)
	}
	s := tree(leaves)
	files := map[string][]byte{}
	last := checkpoint(s, int64(size), signer, witness)
	files["log/checkpoint"] = last
	tiles(files, s, leaves)
	for i := from; i < size; i++ {
		at, signed := int64(size), last
		if i%2 == 0 {
			at = int64(i + 1)
			signed = checkpoint(s, at, signer)
		}
		files[fmt.Sprintf("receipts/%d.tlog-proof", i)] = proof(s, at, int64(i), signed)
		files[fmt.Sprintf("records/%d.json", i)] = all[i].record
	}
	if size > 2 {
		files["older/checkpoint"] = checkpoint(s, int64(size-1), signer)
	}
	writeZip(filepath.Join(dir, fmt.Sprintf("log-%d.zip", size)), files)
}

func writeZip(path string, files map[string][]byte) {
	f, err := os.Create(path)
	check(err)
	w := zip.NewWriter(f)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		out, err := w.Create(name)
		check(err)
		_, err = out.Write(files[name])
		check(err)
	}
	check(w.Close())
	check(f.Close())
}

// writeProofs writes one line for each of some trees and entries: size, index, leaf, root, path.
func writeProofs(dir string) {
	var leaves [][]byte
	for i := 0; i < 70000; i++ {
		leaves = append(leaves, []byte(fmt.Sprintf("leaf %d", i)))
	}
	s := tree(leaves)
	var out bytes.Buffer
	for _, size := range []int64{1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 511, 513, 65535, 65536, 65537, 70000} {
		root, err := tlog.TreeHash(size, s)
		check(err)
		for _, index := range []int64{0, 1, size / 3, size / 2, size - 2, size - 1} {
			if index < 0 || index >= size {
				continue
			}
			path, err := tlog.ProveRecord(size, index, s)
			check(err)
			fmt.Fprintf(&out, "%d %d %s", size, index, b64(root[:]))
			for _, h := range path {
				fmt.Fprintf(&out, " %s", b64(h[:]))
			}
			fmt.Fprintln(&out)
		}
	}
	check(os.WriteFile(filepath.Join(dir, "proofs.txt"), out.Bytes(), 0o644))
}

func key(dir, file, name string) note.Signer {
	skey, vkey, err := note.GenerateKey(&stream{seed: file}, name)
	check(err)
	check(os.WriteFile(filepath.Join(dir, file+".skey"), []byte(skey+"\n"), 0o644))
	check(os.WriteFile(filepath.Join(dir, file+".vkey"), []byte(vkey+"\n"), 0o644))
	signer, err := note.NewSigner(skey)
	check(err)
	return signer
}

func main() {
	dir := os.Args[1]
	signer := key(dir, "log", origin)
	witness := key(dir, "witness", "witness.invalid/w1")
	key(dir, "other", origin)
	writeLog(dir, 1, 0, signer, witness)
	writeLog(dir, 12, 0, signer, witness)
	writeLog(dir, 256, 250, signer, witness)
	writeLog(dir, 600, 590, signer, witness)
	writeProofs(dir)
}
