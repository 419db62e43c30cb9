# shellcheck shell=bash disable=SC2154
# The part of services.sh that knows Elasticsearch: the server itself, security on, with a user that may touch only indices
# whose names begin with "portal-". It needs a Java 21 or newer, which Debian's stable release may lack.

elasticsearch_version=9.1.5
elasticsearch_package=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$elasticsearch_version:zip

# The first Java on this machine that the server runs on; nothing if there is none.
java_home() {
    local home version
    for home in "${ES_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/*java*; do
        [ -x "$home/bin/java" ] || continue
        version=$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
        if [ "${version:-0}" -ge 21 ]; then
            echo "$home"
            return 0
        fi
    done
}

elasticsearch_program() { echo "$folder/elasticsearch/elasticsearch-$elasticsearch_version"; }

install_elasticsearch() {
    if [ -z "$(java_home)" ]; then
        say "no Java 21 or newer (ES_JAVA_HOME names one): Elasticsearch is left out, and so are its tests"
        return 0
    fi
    prepare
    [ ! -x "$(elasticsearch_program)/bin/elasticsearch" ] || return 0
    local download
    download=$(mktemp -d)
    mvn --quiet --batch-mode dependency:copy -Dartifact="$elasticsearch_package" -DoutputDirectory="$download" >&2
    unzip -q "$download"/elasticsearch-*.zip -d "$folder/elasticsearch"
    rm -rf "$download"
    configure_elasticsearch
}

# What an administrator of a cluster of one's own does once: a role, and a user who has it.
configure_elasticsearch() {
    prepare
    local program
    program=$(elasticsearch_program)
    cat >>"$program/config/roles.yml" <<'ROLE'
portal:
  cluster: [monitor]
  indices:
    - names: ["portal-*"]
      privileges: [all]
ROLE
    with_java "$program/bin/elasticsearch-users" useradd portal -p "$(cat "$folder/password")" -r portal
    prepare
}

with_java() { as_owner env "ES_JAVA_HOME=$(java_home)" ES_JAVA_OPTS="-Xms512m -Xmx512m ${ES_JAVA_OPTS:-}" "$@"; }

# Whether the process of the file is our server; a number that was left behind may be somebody else's by now.
elasticsearch_runs() {
    local number
    number=$(cat "$folder/elasticsearch/pid" 2>/dev/null) || return 1
    tr '\0' ' ' <"/proc/$number/cmdline" 2>/dev/null | grep -qF "$(elasticsearch_program)"
}

start_elasticsearch() {
    local program
    program=$(elasticsearch_program)
    [ -x "$program/bin/elasticsearch" ] || return 0
    if elasticsearch_runs; then
        say "Elasticsearch is running on port $search_port"
        return 0
    fi
    # It returns when the server answers. Disks of developers are full.
    with_java "$program/bin/elasticsearch" -d -p "$folder/elasticsearch/pid" \
        -E discovery.type=single-node -E network.host=127.0.0.1 -E http.port="$search_port" -E transport.port=0 \
        -E path.data="$folder/elasticsearch/data" -E path.logs="$folder/elasticsearch/logs" \
        -E xpack.security.enabled=true -E xpack.security.http.ssl.enabled=false \
        -E xpack.security.transport.ssl.enabled=false -E xpack.ml.enabled=false \
        -E cluster.routing.allocation.disk.threshold_enabled=false >"$folder/elasticsearch/start.log" 2>&1 ||
        { tail "$folder/elasticsearch/start.log" >&2; exit 1; }
    say "Elasticsearch has started on port $search_port"
}

stop_elasticsearch() {
    elasticsearch_runs || return 0
    local server
    server=$(cat "$folder/elasticsearch/pid")
    kill "$server"
    for _ in $(seq 100); do
        kill -0 "$server" 2>/dev/null || return 0
        sleep 0.2
    done
}

# Nothing where there is no server.
search_url() {
    prepare
    [ ! -x "$(elasticsearch_program)/bin/elasticsearch" ] ||
        echo "http://portal:$(cat "$folder/password")@127.0.0.1:$search_port"
}
