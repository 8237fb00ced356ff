# shellcheck shell=sh
# Chat templates of many models, for the tests only: what the template engine makes of them is compared with what the
# reference made. They belong to the models' makers and are not part of the product.

templates_dir() {
  printf '%s' "$CARTULARY_CACHE/templates/public-1"
}

has_templates() {
  [ -d "$(templates_dir)" ]
}

install_templates() {
  say 'chat templates, for the tests'
  write_step 'the templates' 4096 mkdir -p "$work_dir/templates/ollama-utils"
  obtain templates-llama
  write_step 'the templates' 90000000 unpack_llama_templates
  obtain templates-ollama
  write_step 'the templates' 2000000 unpack_ollama_templates
  publish "$work_dir/templates" "$(templates_dir)"
}

# The package carries llama.cpp's sources as a git bundle; models/templates holds one template a file.
unpack_llama_templates() {
  tar -xzf "$artifact" -C "$work_dir" --no-same-owner package/llama/gitRelease.bundle &&
    git clone --quiet --bare "$work_dir/package/llama/gitRelease.bundle" "$work_dir/llama.git" &&
    git -C "$work_dir/llama.git" archive HEAD models/templates LICENSE | tar -xf - -C "$work_dir" --no-same-owner &&
    mv "$work_dir/models/templates" "$work_dir/templates/llama.cpp" &&
    mv "$work_dir/LICENSE" "$work_dir/templates/llama.cpp/" &&
    rm -rf "$work_dir/package" "$work_dir/llama.git" "$work_dir/models"
}

# A table of the templates in public GGUF files, as TypeScript.
unpack_ollama_templates() {
  tar -xzf "$artifact" -C "$work_dir" --no-same-owner package/src/chat-template-automap.ts package/LICENSE &&
    mv "$work_dir/package/src/chat-template-automap.ts" "$work_dir/package/LICENSE" "$work_dir/templates/ollama-utils/" &&
    rm -r "$work_dir/package"
}
