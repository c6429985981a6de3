#!/bin/sh
# Set up .venv: sh scripts/bootstrap.sh [run|test|dev]
#
#   run    what `rankscope` needs
#   test   and what its tests need
#   dev    and what checks and builds it
#
# Does nothing when that is already there for the present pyproject.toml and constraints.txt.
# RANKSCOPE_PYTHON names the Python to use, if the first suitable one is not wanted.
set -eu
cd "$(dirname "$0")/.."

level=${1:-run}
case $level in
    run)  target=.;       enough="run test dev" ;;
    test) target=".[test]"; enough="test dev" ;;
    dev)  target=".[dev]";  enough="dev" ;;
    *)    echo "bootstrap: the level must be run, test or dev, got '$level'" >&2; exit 2 ;;
esac

venv=.venv
log=$venv/install.log
state="$(cat pyproject.toml constraints.txt | cksum) $(pwd)"

for done_level in $enough; do
    if [ "$(cat "$venv/.ready-$done_level" 2>/dev/null)" = "$state" ]; then
        exit 0
    fi
done

# Names on the PATH prove nothing: version managers leave stubs that only print an error.
new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

find_python() {
    without_venv=
    for name in ${RANKSCOPE_PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        new_enough "$name" || continue
        if can_make_venv "$name"; then
            echo "$name"
            return
        fi
        [ -n "$without_venv" ] || without_venv=$name
    done
    {
        if [ -n "$without_venv" ]; then
            echo "rankscope needs Python's venv module, and $without_venv ($("$without_venv" -V)) comes without it."
            echo "On Debian and Ubuntu:  apt install python3-venv"
        else
            echo "rankscope needs Python 3.11 or newer, and none was found."
            echo "On Debian and Ubuntu:  apt install python3 python3-venv"
            echo "On macOS:              brew install python, or the installer from python.org"
        fi
        echo "Another Python can be named:  RANKSCOPE_PYTHON=/path/to/python3 make ..."
    } >&2
    return 1
}

# A virtual environment keeps its own path and its Python's: one that was moved, or whose Python
# has gone, is made anew.
made_here=$(cat "$venv/.made-in" 2>/dev/null || :)
if [ "$made_here" != "$(pwd)" ] || ! "$venv/bin/python" -c 'import pip' >/dev/null 2>&1; then
    python=$(find_python)
    echo "Creating $venv with $("$python" -V)."
    rm -rf "$venv"
    "$python" -m venv "$venv"
    pwd >"$venv/.made-in"
fi

echo "Installing rankscope and what it needs into $venv (a minute or two the first time)."
rm -f "$venv"/.ready-*
if ! "$venv/bin/python" -m pip install --disable-pip-version-check --no-input \
    --constraint constraints.txt --editable "$target" >"$log" 2>&1
then
    tail -n 25 "$log" >&2
    echo "The packages could not be installed: see above, and $log. Is the network reachable?" >&2
    exit 1
fi
echo "$state" >"$venv/.ready-$level"
