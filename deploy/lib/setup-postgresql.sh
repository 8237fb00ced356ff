# shellcheck shell=sh
# The embedded PostgreSQL with pgvector compiled into it. No registry ships the two together.

POSTGRESQL_VERSION=17.11.0

# pgvector's own flags, less -march=native: the cache may be copied to another machine.
PGVECTOR_CFLAGS='-std=gnu99 -O2 -ftree-vectorize -fassociative-math -fno-signed-zeros -fno-trapping-math
  -fno-strict-aliasing -fwrapv -fexcess-precision=standard -fPIC'
PGVECTOR_LDFLAGS='-shared -Wl,--as-needed -Wl,-z,relro,-z,now'

postgresql_dir() {
  printf '%s' "$CARTULARY_CACHE/postgresql/$POSTGRESQL_VERSION"
}

has_postgresql() {
  [ -d "$(postgresql_dir)" ]
}

install_postgresql() {
  say "PostgreSQL $POSTGRESQL_VERSION with pgvector"
  obtain "postgresql-$platform"
  write_step 'PostgreSQL' 70000000 unpack_postgresql
  obtain_headers "headers-$platform"
  write_step "PostgreSQL's headers" 10000000 dpkg -x "$artifact" "$work_dir/headers"
  obtain_pgvector
  say '  compiling pgvector'
  write_step 'pgvector' 5000000 build_pgvector
  chmod -R a+rX "$work_dir/postgresql"
  publish "$work_dir/postgresql" "$(postgresql_dir)"
}

unpack_postgresql() {
  mkdir "$work_dir/postgresql-jar" "$work_dir/postgresql" &&
    (cd "$work_dir/postgresql-jar" && "$JAVA_HOME/bin/jar" xf "$artifact") &&
    tar -xJf "$work_dir"/postgresql-jar/postgres-linux-*.txz -C "$work_dir/postgresql" --no-same-owner
}

obtain_pgvector() {
  try_obtain pgvector && return 0
  say 'WARNING: pgvector 0.8.6 cannot be had; taking 0.8.0, whose parallel index builds have known faults, so' \
    'the appliance builds indexes with one process; remove' "$(postgresql_dir)" 'and run set-up again when 0.8.6 can be had'
  obtain pgvector-fallback
}

build_pgvector() {
  mkdir "$work_dir/pgvector" && tar -xzf "$artifact" -C "$work_dir/pgvector" --strip-components=1 --no-same-owner &&
    cd "$work_dir/pgvector" && compile_pgvector && install_pgvector
}

# Compiled side by side, as many at a time as there are processors.
compile_pgvector() {
  # shellcheck disable=SC2086  # a list of flags
  printf '%s\n' src/*.c |
    xargs -P "$(nproc)" -I '{}' gcc $PGVECTOR_CFLAGS -I"$work_dir/headers/usr/include/postgresql/17/server" -c '{}' -o '{}.o' &&
    gcc $PGVECTOR_LDFLAGS -o vector.so src/*.o
}

install_pgvector() {
  pgvector_version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" vector.control) &&
    extension_dir=$work_dir/postgresql/share/postgresql/extension &&
    cp vector.so "$work_dir/postgresql/lib/postgresql/" &&
    cp vector.control sql/vector--*.sql "$extension_dir/" &&
    cp sql/vector.sql "$extension_dir/vector--$pgvector_version.sql"
}
