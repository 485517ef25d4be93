#!/bin/sh
# Asks mono anew: make.sh [FOLDER [ROWS [SEED]]] writes the tables, by default those that are kept beside this file.
# Needs mcs and mono; every table NAME.tsv comes from NAME.cs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here} rows=${2:-2000} seed=${3:-1}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for program in "$here"/*.cs; do
    name=$(basename "$program" .cs)
    mcs -nologo -out:"$work/$name.exe" "$program" "$here/../../format/mono/common.cs"
    TZ=UTC LC_ALL=C.UTF-8 mono "$work/$name.exe" "$rows" "$seed" >"$folder/$name.tsv"
done
