#!/usr/bin/env bash
# What `make test-all` needs beside Python: PostgreSQL and Chromium from Debian, Elasticsearch from Maven Central.
# Both servers run for ourselves, on ports of their own, never as root; nothing else on the machine is touched.
#   deploy/services.sh install | start | stop | url | search-url
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
folder=${PORTAL_SERVICES:-$root/var/services}
port=${PORTAL_POSTGRESQL_PORT:-55432}
search_port=${PORTAL_ELASTICSEARCH_PORT:-55920}
account=portal-services

say() { echo "services: $*" >&2; }

# shellcheck source=deploy/elasticsearch.sh
. "$root/deploy/elasticsearch.sh"

# Runs a command as the user that owns the servers: an account without rights if we are root, else ourselves.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u "$account" -- "$@")
    else
        "$@"
    fi
}

# Where PostgreSQL keeps its data: in memory where there is room for it, until it is stopped. Tests copy whole databases, file by
# file: one takes 50 ms there, and up to a second on a disk. Who names a folder has everything in it.
postgresql_data() {
    local in_memory on_disk=$folder/postgresql
    in_memory=/dev/shm/$account-$(cat - "$folder/password" <<<"$folder $port" | cksum | cut -d " " -f 1)
    if [ -d "$in_memory" ]; then
        echo "$in_memory"
    elif [ -n "${PORTAL_SERVICES:-}" ] || [ -e "$on_disk/PG_VERSION" ] || ! has_room /dev/shm; then
        echo "$on_disk"
    else
        echo "$in_memory"
    fi
}

# Whether a folder lies in memory and has room for test data: 2 GB.
has_room() {
    local kind available
    read -r kind available < <(df --output=fstype,avail "$1" 2>/dev/null | tail -n 1) || return 1
    [ "$kind" = tmpfs ] && [ "$available" -gt 2000000 ]
}

postgresql_programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

install() {
    local missing=()
    [ -n "$(postgresql_programs)" ] || missing+=(postgresql)
    command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
    if [ -n "$(java_home)" ]; then
        command -v mvn >/dev/null || missing+=(maven)
        command -v unzip >/dev/null || missing+=(unzip)
    fi
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
    install_elasticsearch
}

install_packages() {
    local apt=(apt-get install -y --no-install-recommends "$@")
    if [ "$(id -u)" = 0 ]; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${apt[@]}" >&2
    elif sudo -n true 2>/dev/null; then
        sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive "${apt[@]}" >&2
    else
        say "please run once:  sudo ${apt[*]}"
        exit 1
    fi
}

# The account, and a folder that it can reach; a checkout in somebody's private home is not one.
prepare() {
    if [ "$(id -u)" = 0 ]; then
        id "$account" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$account"
        mkdir -p "$folder"
        as_owner test -x "$folder" || folder=/var/tmp/portal-services-$(id -u)
    fi
    mkdir -p "$folder/postgresql" "$folder/elasticsearch"
    if [ ! -s "$folder/password" ]; then
        (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '+/=\n' >"$folder/password")
    fi
    if [ "$(id -u)" = 0 ]; then chown -R "$account" "$folder/postgresql" "$folder/elasticsearch" "$folder/password"; fi
    chmod 700 "$folder/postgresql" "$folder/elasticsearch"
}

start() {
    prepare
    start_postgresql
    start_elasticsearch
}

start_postgresql() {
    local bin data
    bin=$(postgresql_programs) data=$(postgresql_data)
    if ! as_owner test -e "$data/PG_VERSION"; then
        as_owner "$bin/initdb" --pgdata="$data" --username=portal --pwfile="$folder/password" \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >/dev/null
    fi
    if as_owner "$bin/pg_ctl" --pgdata="$data" status >/dev/null; then
        say "PostgreSQL is running on port $port"
        return 0
    fi
    # Test data may be lost in a power cut, and tests are twice as fast for it. The log of changes is soon used again.
    as_owner "$bin/pg_ctl" --pgdata="$data" --log="$data/server.log" --wait --timeout=60 start >/dev/null -o \
        "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 \
         -c max_wal_size=256MB -c fsync=off -c synchronous_commit=off -c full_page_writes=off" || { tail "$data/server.log" >&2; exit 1; }
    say "PostgreSQL has started on port $port"
}

stop() {
    prepare
    local data
    data=$(postgresql_data)
    as_owner "$(postgresql_programs)/pg_ctl" --pgdata="$data" --mode=fast stop >/dev/null 2>&1 || true
    [ "$data" = "$folder/postgresql" ] || as_owner rm -rf "$data"
    stop_elasticsearch
}

url() {
    prepare
    echo "postgres://portal:$(cat "$folder/password")@127.0.0.1:$port/postgres"
}

case "${1:-}" in
install | start | stop | url) "$1" ;;
search-url) search_url ;;
*)
    sed -n '2,4p' "$0"
    exit 2
    ;;
esac
