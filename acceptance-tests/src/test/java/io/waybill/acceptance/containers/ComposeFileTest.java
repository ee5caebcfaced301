package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code compose.yaml} promises and no engine has to be asked for. */
class ComposeFileTest {
  private static final Set<String> OURS =
      Set.of("migrate", "seed", "control-api", "worker", "gateway-1", "gateway-2", "device");
  private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?");

  private final JsonNode services = Composed.services();

  @Test
  void everyPortIsOfThisMachineAlone() {
    for (String name : services.propertyNames()) {
      for (JsonNode port : services.get(name).path("ports")) {
        assertThat(port.asString()).as(name).startsWith("127.0.0.1:");
      }
    }
  }

  /** Made without one through its API, a container of Podman's is killed at once. */
  @Test
  void everyServiceIsGivenTimeToStop() {
    for (String name : services.propertyNames()) {
      assertThat(services.get(name).has("stop_grace_period")).as(name).isTrue();
    }
  }

  @Test
  void programsOfOursCanWriteNothingAndDoNothingElse() {
    for (String name : OURS) {
      JsonNode service = services.get(name);
      assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
      assertThat(service.path("cap_drop").path(0).asString()).as(name).isEqualTo("ALL");
      assertThat(service.path("security_opt").path(0).asString())
          .as(name)
          .isEqualTo("no-new-privileges:true");
      assertThat(service.path("tmpfs").path(0).asString()).as(name).startsWith("/tmp:");
      assertThat(service.has("mem_limit")).as(name).isTrue();
    }
  }

  /** Docker makes nothing writable by itself under a file system that can only be read. */
  @Test
  void whatIsReadOnlyHasAFolderForWhatIsTemporary() {
    for (String name : services.propertyNames()) {
      JsonNode service = services.get(name);
      if (service.path("read_only").asBoolean() && !name.equals("prometheus")) {
        assertThat(service.path("tmpfs").toString()).as(name).contains("/tmp:mode=1777");
      }
    }
  }

  @Test
  void imagesOfOthersArePinned() {
    for (String name : services.propertyNames()) {
      String image = services.get(name).path("image").asString();
      if (!OURS.contains(name)) {
        assertThat(image).as(name).contains(":").doesNotContain("latest");
      }
    }
    assertThat(services.get("emqx").path("image").asString()).startsWith("emqx/emqx:5.8.");
  }

  /** Nothing that lets somebody in has a default here, or stands here. */
  @Test
  void everySecretComesFromTheEnvironmentFile() {
    for (String name : services.propertyNames()) {
      for (var variable : services.get(name).path("environment").properties()) {
        if (variable.getKey().matches(".*(PASSWORD|SECRET|SECRET_KEY|ACCESS_KEY|_KEY|COOKIE)$")) {
          assertThat(variable.getValue().asString())
              .as("%s of %s", variable.getKey(), name)
              .matches("\\$\\{[A-Z_]+:\\?run ./waybill compose-env first}");
        }
      }
    }
  }

  @Test
  void theEnvironmentFileHasWhatIsRequired(@TempDir Path checkout) throws Exception {
    Path launcher = Files.copy(Checkout.ROOT.resolve("waybill"), checkout.resolve("waybill"));
    Composed.run(checkout, "sh", launcher.toString(), "compose-env");
    Path file = checkout.resolve(".env");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    String first = Files.readString(file);
    assertThat(names(first)).containsAll(required());

    Composed.run(checkout, "sh", launcher.toString(), "compose-env");
    assertThat(Files.readString(file)).as("asked again").isEqualTo(first);

    Files.writeString(file, first.replaceAll("(?m)^EMQX_COOKIE=.*\n", ""));
    Composed.run(checkout, "sh", launcher.toString(), "compose-env");
    assertThat(names(Files.readString(file))).as("an older one").containsAll(required());
    assertThat(Files.readString(file))
        .as("what was there")
        .contains(first.lines().filter(line -> line.startsWith("POSTGRES_PASSWORD")).toList());
  }

  private static Set<String> required() throws Exception {
    return new TreeSet<>(
        REQUIRED
            .matcher(Files.readString(Checkout.ROOT.resolve("compose.yaml")))
            .results()
            .map(match -> match.group(1))
            .toList());
  }

  private static List<String> names(String file) {
    return Pattern.compile("(?m)^([A-Z_]+)=.+$")
        .matcher(file)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  /** MinIO's default of 24 hours would end uploads that may take 30 days. */
  @Test
  void theStoreKeepsUnfinishedUploadsLongerThanTheyMayTake() {
    String expiry =
        services
            .get("storage")
            .path("environment")
            .path("MINIO_API_STALE_UPLOADS_EXPIRY")
            .asString();
    Duration kept = Duration.ofHours(Long.parseLong(expiry.replace("h", "")));
    assertThat(kept).isGreaterThan(Duration.ofDays(30));
    String told =
        services
            .get("control-api")
            .path("environment")
            .path("WAYBILL_STORAGE_INCOMPLETE_UPLOAD_MAX_AGE")
            .asString();
    assertThat(told)
        .isEqualTo("${WAYBILL_STORAGE_INCOMPLETE_UPLOAD_MAX_AGE-%dd}".formatted(kept.toDays()));
  }

  @Test
  void theStoreAndTheApiLetTheSamePagesIn() {
    assertThat(services.get("storage").path("environment").path("MINIO_API_CORS_ALLOW_ORIGIN"))
        .isEqualTo(
            services.get("control-api").path("environment").path("WAYBILL_HTTP_CORS_ORIGINS"));
  }

  @Test
  void theDatabaseKeepsWhatItHasPromised() {
    assertThat(services.get("postgres").path("command").asString())
        .contains("fsync=on", "full_page_writes=on", "synchronous_commit=on");
  }

  @Test
  void eachGatewayHasAnIdentityOfItsOwn() {
    List<String> ids = new ArrayList<>();
    for (String gateway : List.of("gateway-1", "gateway-2")) {
      JsonNode environment = services.get(gateway).path("environment");
      assertThat(environment.path("WAYBILL_MQTT_USERNAME").asString())
          .isEqualTo("waybill-" + gateway);
      ids.add(environment.path("WAYBILL_MQTT_CLIENT_ID").asString());
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  /** From a program of ours to the page in which somebody looks at a trace. */
  @Test
  void spansFindTheirWay() {
    assertThat(services.get("control-api").path("environment").path("WAYBILL_TRACES_ENDPOINT"))
        .as("nobody is told unless .env says so")
        .hasToString("\"${WAYBILL_TRACES_ENDPOINT:-}\"");
    for (String name : List.of("collector", "jaeger")) {
      assertThat(services.get(name).path("profiles").path(0).asString()).isEqualTo("observability");
      assertThat(services.get(name).path("read_only").asBoolean()).as(name).isTrue();
    }
    assertThat(services.get("collector").has("ports")).as("published").isFalse();
    assertThat(services.get("collector").path("volumes").path(0).asString())
        .isEqualTo("./compose/collector/config.yaml:/etc/otelcol/config.yaml:ro");

    JsonNode collector = Composed.yaml("compose/collector/config.yaml");
    assertThat(collector.at("/receivers/otlp/protocols/http/endpoint").asString())
        .isEqualTo("0.0.0.0:4318");
    assertThat(collector.at("/exporters/otlp/endpoint").asString()).isEqualTo("jaeger:4317");
    JsonNode traces = collector.at("/service/pipelines/traces");
    assertThat(traces.toString())
        .isEqualTo(
            "{\"receivers\":[\"otlp\"],\"processors\":[\"memory_limiter\",\"batch\"],"
                + "\"exporters\":[\"otlp\"]}");
    assertThat(collector.at("/processors/memory_limiter/limit_mib").asInt())
        .as("of what the container may have")
        .isLessThan(160);
    assertThat(Composed.yaml("compose/grafana/datasources.yaml").findValuesAsString("url"))
        .containsExactly("http://prometheus:9090", "http://jaeger:16686");
  }

  @Test
  void emqxDeniesWhatNoRuleNames() throws Exception {
    String conf = Files.readString(Checkout.ROOT.resolve("broker-config/emqx/emqx.conf"));
    assertThat(conf)
        .contains("no_match = deny")
        .contains(
            "@CONTROL_API@/internal/mqtt/authenticate", "@CONTROL_API@/internal/mqtt/authorize")
        .contains("clientid = \"${clientid}\"", "retain = \"${retain}\"");
    String rules = Files.readString(Checkout.ROOT.resolve("broker-config/emqx/acl.conf")).strip();
    assertThat(rules)
        .as("of gateways alone, so that everybody else is asked for")
        .doesNotContainPattern("(?m)^\\{(allow|deny), (?!\\{user, \\{re, \"\\^waybill-gateway-)")
        .endsWith("{deny, {user, {re, \"^waybill-gateway-[0-9]+$\"}}, all, [\"#\"]}.");
  }
}
