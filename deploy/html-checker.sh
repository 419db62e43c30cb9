#!/usr/bin/env bash
# Brings the W3C's Nu HTML checker, which `make audit` runs over every type of page, to var/vnu.jar.
set -euo pipefail
cd "$(dirname "$0")/.."

version=26.9.27
checksum=4e441de4315f39a582f5e6edbe8cd3b2b1f655aa1dde3620faface791133217c417b12f3f7ead2d8336d8e7efe44f5226618258b44a0860057e9125135e6b428

if ! command -v npm >/dev/null || ! command -v java >/dev/null; then
    echo "html-checker: npm and a Java are needed: apt-get install npm default-jre-headless" >&2
    exit 1
fi
download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
npm pack --silent --pack-destination "$download" "vnu-jar@$version" >/dev/null
echo "$checksum  $download/vnu-jar-$version.tgz" | sha512sum --check --quiet
mkdir -p var
tar --extract --to-stdout --file "$download/vnu-jar-$version.tgz" package/build/dist/vnu.jar >"$download/vnu.jar"
mv "$download/vnu.jar" var/vnu.jar
