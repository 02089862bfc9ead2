#!/usr/bin/env bash
# What `make` needs from the machine. Each check is silent when all is well; otherwise it mends it, or says in one
# line what is missing and the command that mends it, and fails. Run as: tools/need.sh NAME [ARGUMENT…]
set -euo pipefail

fail() {
  echo "zhize: $*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

as_root_with_apt() { [ "$(id -u)" = 0 ] && has apt-get; }

apt_install() {
  echo "zhize: installing $* with apt-get" >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    >/tmp/zhize-apt.$$ 2>&1 || { tail -n 5 "/tmp/zhize-apt.$$" >&2; fail "apt-get could not install $*; install it by hand and run again."; }
  rm -f "/tmp/zhize-apt.$$"
}

# python COMMAND: new enough, and able to make virtual environments.
need_python() {
  local python=${1:-}
  local ask="install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11"
  [ -n "$python" ] && has "$python" || fail "no Python 3.11 or newer was found; $ask"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$python is $("$python" -V 2>&1), too old; $ask"
  "$python" -c 'import ensurepip, venv' 2>/dev/null && return
  as_root_with_apt || fail "$python cannot make virtual environments; run: sudo apt-get install python3-venv"
  apt_install python3-venv
}

# port PYTHON NUMBER: free on the loopback address.
need_port() {
  "$1" - "$2" <<'PY' || fail "port $2 is taken; stop the program that holds it, or choose another: make demo PORT=8001"
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PY
}

# chromium: a browser for the page's tests, and a font that can draw what they look at.
need_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] || fail "CHROMIUM=$CHROMIUM is not a program; correct it or unset it."
  elif ! has chromium && ! has chromium-browser && ! has google-chrome; then
    as_root_with_apt || fail "the browser tests need Chromium; run: sudo apt-get install chromium (or set CHROMIUM=/path/to/it)"
    apt_install chromium
  fi
  has fc-list || return 0 # no fontconfig (macOS): the system's own fonts are used
  [ -n "$(fc-list :lang=zh-cn family)" ] && return
  as_root_with_apt || fail "the browser tests need a Chinese font; run: sudo apt-get install fonts-noto-cjk"
  apt_install fonts-noto-cjk
}

# neo4j: a server to test on, or the means to start one (tests/conftest.py does, in the same order).
need_neo4j() {
  [ -n "${ZHIZE_TEST_NEO4J_URI:-}" ] && return
  if has java && has mvn; then
    local version
    version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] && return
  fi
  has docker && docker info >/dev/null 2>&1 && return
  fail "the tests need Neo4j: set ZHIZE_TEST_NEO4J_URI=neo4j://host:7687, or run: sudo apt-get install maven openjdk-17-jre-headless"
}

# uv: makes the lock files.
need_uv() {
  has "$1" || fail "locking needs uv; run: pip install uv (or: make lock UV=/path/to/uv)"
}

name=${1:-}
[ -n "$name" ] && declare -F "need_$name" >/dev/null || fail "usage: tools/need.sh python|port|chromium|neo4j|uv"
shift
"need_$name" "$@"
