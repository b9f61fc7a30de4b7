#!/bin/sh
# Sees to it that a browser, a PostgreSQL server and nginx are there: installed through apt where that is
# possible, named otherwise. The tests that need one that is missing are skipped and say so.
missing=
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
  missing="chromium fonts-liberation"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$(printf ' %s' $missing) through apt-get"
  # shellcheck disable=SC2086
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing; } \
    >/dev/null && exit 0
fi
for each in $missing; do
  echo "tests: $each is missing, so the tests that need it are skipped; on Debian install it with: apt install $each" >&2
done
