# The proxy as an image: built with Maven, started from an archive, run without root. It brings no database.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build

# The poms alone first, so that a change of the sources does not download everything again.
COPY .mvn .mvn
COPY pom.xml ./
COPY agent-protocol/pom.xml agent-protocol/
COPY fixtures/pom.xml fixtures/
COPY agent-cli/pom.xml agent-cli/
COPY proxy-app/pom.xml proxy-app/
# Without tests, and without the profiles that put PostgreSQL's binaries into the jar.
ENV OPTIONS="-B -ntp -q -Dmaven.test.skip=true -P!pg-linux-amd64,!pg-linux-arm64"
RUN mvn $OPTIONS package

COPY agent-protocol agent-protocol
COPY fixtures fixtures
COPY agent-cli agent-cli
COPY proxy-app proxy-app
RUN mvn $OPTIONS clean package \
    && java -Djarmode=tools -jar proxy-app/target/codewise-proxy.jar extract --layers --destination extracted


FROM eclipse-temurin:25-jre
# Not 1000, which is a user of the base image, and often of the host.
RUN groupadd --gid 10001 codewise \
    && useradd --uid 10001 --gid codewise --no-create-home --home-dir /var/lib/codewise --shell /usr/sbin/nologin codewise \
    && install -d -o codewise -g codewise -m 0700 /var/lib/codewise
WORKDIR /app

# What changes least comes first: each is a layer of its own.
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/snapshot-dependencies/ ./
COPY --from=build /build/extracted/application/ ./

# A start for practice, up to where it would listen, leaves an archive of loaded classes, which spares the real ones
# about 40 % of their work. The archive holds for these very files, so none may be touched after this. No database is there: the
# proxy starts without. The secret is nobody's.
RUN AGENT_SECRET=only-for-this-practice DATABASE_URL=postgresql://nobody@127.0.0.1:1/none PORT=0 MANAGEMENT_PORT=0 \
    java -XX:AOTCacheOutput=codewise-proxy.aot -Xlog:aot=error -Dspring.context.exit=onRefresh -jar codewise-proxy.jar \
    && rm -rf /tmp/hsperfdata_root

COPY docker-entrypoint.sh /usr/local/bin/
USER 10001:10001
EXPOSE 8080

# The base image has no curl and no wget.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8080} && printf 'GET /api/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["serve"]
