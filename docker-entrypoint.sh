#!/bin/sh
# Starts the proxy in its container: serve (also without a word), or migrate. All settings are in .env.example.
set -eu

# Compose passes variables on that hold nothing, so these are no defaults of the image itself. PORT is given in any case:
# a library reads it too, and fails where it holds nothing.
export PORT="${PORT:-8080}"
export BIND_ADDRESS="${BIND_ADDRESS:-0.0.0.0}"
export CODEWISE_HOME="${CODEWISE_HOME:-/var/lib/codewise}"

if [ -z "${DATABASE_URL:-}" ]; then
    echo "Codewise cannot start. DATABASE_URL is not set, and this image brings no database: set it to" \
        "postgresql://user:password@host:5432/name. Besides, set CODEWISE_API_KEY, or PUBLISHED_ADDRESS=127.0.0.1 where" \
        "the port is published on that address alone. \"docker compose up\" does all of it, with a PostgreSQL." >&2
    exit 1
fi

# Half of the container's memory is for objects, the rest for buffers, classes and threads. Whoever runs out of either
# is better started anew. JAVA_OPTS comes last, so that it wins; it is several words on purpose.
# exec, so that Java itself gets the signal to stop.
# shellcheck disable=SC2086
exec java -XX:AOTCache=/app/codewise-proxy.aot -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError \
    ${JAVA_OPTS:-} -jar /app/codewise-proxy.jar "$@"
