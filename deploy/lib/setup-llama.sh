# shellcheck shell=sh
# llama.cpp's native libraries: one folder with all CPU variants side by side; the worker picks at run time.

LLAMA_RELEASE=v0.5.0

llama_dir() {
  printf '%s' "$CARTULARY_CACHE/llama/$LLAMA_RELEASE-linux-$platform"
}

has_llama() {
  [ -d "$(llama_dir)" ]
}

install_llama() {
  say "llama.cpp $LLAMA_RELEASE: native libraries"
  obtain "llama-$platform"
  write_step 'llama.cpp' 40000000 unpack_llama
  publish "$work_dir/llama" "$(llama_dir)"
}

unpack_llama() {
  mkdir "$work_dir/llama-package" "$work_dir/llama" &&
    tar -xzf "$artifact" -C "$work_dir/llama-package" --no-same-owner &&
    mv "$work_dir"/llama-package/package/bins/*/*.so "$work_dir/llama-package/package/LICENSE" "$work_dir/llama" &&
    chmod -R a+rX "$work_dir/llama"
}
