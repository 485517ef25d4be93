#!/bin/sh
# Asks mono and its Newtonsoft.Json anew: make.sh [FOLDER [ROWS [SEED]]] writes the tables, by default those beside this file.
# Needs mcs, mono and Debian's libnewtonsoft-json-cil-dev; every table NAME.tsv comes from NAME.cs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here} rows=${2:-2000} seed=${3:-1}
library=/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cp "$library" "$work"
for program in "$here"/*.cs; do
    name=$(basename "$program" .cs)
    mcs -nologo -out:"$work/$name.exe" "$program" "$here/../../format/mono/common.cs" -r:"$library"
    TZ=UTC LC_ALL=C.UTF-8 mono "$work/$name.exe" "$rows" "$seed" >"$folder/$name.tsv"
done
