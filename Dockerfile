# Waybill's three images:
#   docker build --target control-api -t waybill/control-api .     also: worker, admin, doctor
#   docker build --target gateway -t waybill/gateway .
#   docker build --target agent -t waybill/agent .
# Written for the classic builder: Docker with and without BuildKit, and Podman, build it alike.
ARG MAVEN=maven:3-eclipse-temurin-25
ARG JDK=eclipse-temurin:25-jdk

FROM ${MAVEN} AS build
# The time of the jars: --build-arg SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
ARG SOURCE_DATE_EPOCH=0
ENV JAVA_HOME=/opt/java/openjdk
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
  mvn -B -q -pl all-in-one,device-agent -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Dwaybill.unchecked package \
  && images/jars.sh server /opt/waybill server/src/main/jvm/server.jvmopts \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  && images/jars.sh device-agent /opt/waybill-agent device-agent/src/main/jvm/agent.jvmopts \
  && images/jars.sh all-in-one /opt/stack server/src/main/jvm/server.jvmopts \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

# The runtime, and the little of an operating system that it stands on.
FROM ${JDK} AS runtime
COPY images/runtime.sh /
RUN /runtime.sh

# Runs what it is about to ship, on the runtime it ships with: what the JVM has learned is kept as an AOT cache.
FROM build AS trained
COPY --from=runtime /opt/jre /opt/jre
RUN images/train.sh

FROM scratch AS base
COPY --from=runtime /rootfs/ /
COPY --from=runtime /opt/jre /opt/jre
ENV LANG=C.UTF-8 MALLOC_ARENA_MAX=2 WAYBILL_LOG_FORMAT=json
USER 10001:10001
WORKDIR /var/lib/waybill
LABEL org.opencontainers.image.title="Waybill" \
  org.opencontainers.image.description="Gets big files off machines" \
  org.opencontainers.image.licenses="Apache-2.0"

FROM base AS control-api
COPY --from=trained /opt/waybill /opt/waybill
COPY --from=trained /opt/trained/control-api.aot /opt/waybill/server.aot
ENV WAYBILL_HTTP_HOST=0.0.0.0 WAYBILL_WORKERS_HTTP_HOST=0.0.0.0
EXPOSE 18080 18083
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s --retries=5 \
  CMD ["/opt/jre/bin/java", "@/opt/waybill/probe.options", "18080"]
ENTRYPOINT ["/opt/jre/bin/java", "-Xmx128m", "-XX:AOTCache=/opt/waybill/server.aot", "@/opt/waybill/java.options", "io.waybill.server.Main"]
CMD ["control-api"]

FROM base AS gateway
COPY --from=trained /opt/waybill /opt/waybill
COPY --from=trained /opt/trained/gateway.aot /opt/waybill/server.aot
ENV WAYBILL_GATEWAY_HTTP_HOST=0.0.0.0
EXPOSE 18082
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s --retries=5 \
  CMD ["/opt/jre/bin/java", "@/opt/waybill/probe.options", "18082"]
# 64 requests of a MiB may wait for a gateway.
ENTRYPOINT ["/opt/jre/bin/java", "-Xmx256m", "-XX:AOTCache=/opt/waybill/server.aot", "@/opt/waybill/java.options", "io.waybill.server.Main"]
CMD ["gateway"]

FROM base AS agent
COPY --from=build /opt/waybill-agent /opt/waybill-agent
COPY --from=trained /opt/trained/agent.aot /opt/waybill-agent/agent.aot
ENTRYPOINT ["/opt/jre/bin/java", "-XX:AOTCache=/opt/waybill-agent/agent.aot", "@/opt/waybill-agent/java.options", "io.waybill.agent.Main"]
CMD ["--help"]
