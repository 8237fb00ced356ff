# shellcheck shell=sh
# A client that nobody here wrote, with which tests speak to the interface under /v1. It has no dependencies, so the
# tarball is all of it.

OPENAI_CLIENT=openai-6.49.0

has_openai_client() {
  [ -d "$CARTULARY_CACHE/clients/$OPENAI_CLIENT" ]
}

install_openai_client() {
  say "OpenAI's own client for Node, for tests"
  obtain openai-client
  write_step 'the client' 20000000 tar -xzf "$artifact" -C "$work_dir" --no-same-owner package
  write_step 'clients' 4096 mkdir -p "$CARTULARY_CACHE/clients"
  publish "$work_dir/package" "$CARTULARY_CACHE/clients/$OPENAI_CLIENT"
}

# prefer_openai_client : as prefer_packages, the test that needs it is merely skipped where it cannot be had.
prefer_openai_client() {
  (set_up openai_client) || say "going on without OpenAI's client for Node; the test that needs it will be skipped"
}
