#!/bin/sh
# ./prepare.sh your-domain: writes .env with random secrets, and a certificate of its own making where
# there is none. Does nothing twice: what is there stays as it is.
set -eu
cd "$(dirname "$0")"
domain=${1:?"which domain? ./prepare.sh lumen.example.edu"}
case $domain in
  *[!A-Za-z0-9.-]*) echo "$domain is not the name of a host" >&2; exit 1 ;;
esac
umask 077

# The one who runs this owns the files; Lumen never runs as root.
owner=$(id -u) group=$(id -g)
if [ "$owner" -eq 0 ]; then owner=1000 group=1000; fi

random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }

if [ -e .env ]; then
  echo ".env is there already and stays as it is"
else
  sed -e "s/^LUMEN_DOMAIN=.*/LUMEN_DOMAIN=$domain/" \
      -e "s/^LUMEN_SECRET_KEY=.*/LUMEN_SECRET_KEY=$(random)/" \
      -e "s/^LUMEN_ENCRYPTION_KEY=.*/LUMEN_ENCRYPTION_KEY=$(random)/" \
      -e "s/^POSTGRES_PASSWORD=.*/POSTGRES_PASSWORD=$(random)/" \
      -e "s/^LUMEN_UID=.*/LUMEN_UID=$owner/" \
      -e "s/^LUMEN_GID=.*/LUMEN_GID=$group/" .env.example > .env.new
  mv .env.new .env
  echo "Wrote .env with random secrets"
fi

if [ -e tls/fullchain.pem ]; then
  echo "tls/fullchain.pem is there already and stays as it is"
else
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 \
    -subj "/CN=$domain" -addext "subjectAltName=DNS:$domain" \
    -keyout tls/privkey.pem -out tls/fullchain.pem 2> tls/openssl.log ||
    { cat tls/openssl.log >&2; echo "no certificate could be made; put fullchain.pem and privkey.pem into tls/" >&2; exit 1; }
  rm -f tls/openssl.log
  echo "Made a certificate for $domain that no browser trusts; put a real one into tls/ before people come"
fi

# Lumen keeps its configuration, and what is set in the console, in lumen/.
if [ "$(id -u)" -eq 0 ]; then chown -R "$owner:$group" lumen tls; fi
# The configuration is for that one alone. Where .env has Lumen run as somebody else than the file's owner,
# it stays readable: Lumen could not read it otherwise.
user=$(sed -n 's/^LUMEN_UID=//p' .env)
find lumen -name config.yaml -user "${user:-1000}" -exec chmod 600 {} +
